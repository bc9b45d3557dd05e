"""The camera's picture on the page: seen first, chosen, mirrored; black, paused, still."""

from playwright.sync_api import Browser, expect

from tests.web.browser import Open, Traffic, wait_for

NEW_PERSON = """try { delete localStorage["musicalface.camera"]; } catch {}"""
TWO_CAMERAS = """
window.asked = [];
const devices = navigator.mediaDevices, open = devices?.getUserMedia.bind(devices);
if (devices) {
  devices.getUserMedia = ({ audio, video: { deviceId, ...video } }) => {
    window.asked.push(deviceId?.exact ?? "");
    return open({ audio, video });
  };
  devices.enumerateDevices = async () => ["Built-in", "USB Camera"].map(
    (label) => ({ kind: "videoinput", deviceId: `id of ${label}`, label }));
}
"""
DRAWN_CAMERA = """
window.mode = "face";
const portrait = new Image(), canvas = document.createElement("canvas");
[canvas.width, canvas.height] = [640, 480];
const pen = canvas.getContext("2d");
let number = 0;
setInterval(() => {
  if (window.mode === "still") return;
  number += 1;
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, 640, 480);
  if (window.mode === "face" && portrait.complete) pen.drawImage(portrait, 80, 0, 480, 480);
  pen.fillStyle = `rgb(${number % 7}, 0, 0)`; // every frame is another one
  pen.fillRect(0, 0, 2, 2);
}, 50);
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  portrait.src = "/static/portrait.png";
  return canvas.captureStream(15);
};
"""


def test_picture_is_seen_before_it_is_read(open_page: Open, camera_browser: Browser) -> None:
    page = open_page(camera_browser, NEW_PERSON + TWO_CAMERAS)
    traffic = Traffic(page)
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "preview")
    video = page.get_by_label("Your camera")
    expect(page.get_by_text("Reading starts in")).to_be_visible()
    expect(video).to_have_attribute("data-mirrored", "")
    page.get_by_role("switch", name="Mirror my picture").uncheck(force=True)
    expect(video).not_to_have_attribute("data-mirrored", "")
    expect(page.get_by_text("when you’re ready")).to_be_visible()  # the countdown has ended
    page.get_by_role("combobox", name="Camera").select_option("USB Camera")
    page.wait_for_function("() => window.asked.at(-1) === 'id of USB Camera'")
    wait_for(page, "preview")
    assert traffic.addresses == []
    page.get_by_role("button", name="Start reading").click()
    wait_for(page, "locked")
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    page.get_by_role("button", name="Look at me").click()  # remembered: no preview
    wait_for(page, "locked")
    assert page.evaluate("() => window.asked.at(-1)") == "id of USB Camera"
    expect(video).not_to_have_attribute("data-mirrored", "")


def test_picture_without_sight_is_no_face(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, DRAWN_CAMERA)
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "locked")
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()
    page.evaluate("() => { document.querySelector('#video').pause(); window.mode = 'black'; }")
    expect(page.get_by_role("heading", name="Is the lens covered?")).to_be_visible()
    assert not page.evaluate("() => document.querySelector('#video').paused")
    page.evaluate("() => { window.mode = 'face'; }")
    wait_for(page, "locked")
    page.evaluate("() => { window.mode = 'still'; }")
    expect(page.get_by_role("heading", name="The picture stands still")).to_be_visible()
    wait_for(page, "watching")
    page.evaluate("() => { window.mode = 'face'; }")
    wait_for(page, "locked")
