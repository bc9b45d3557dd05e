// The name of a day: "Today", "Yesterday", or its date.

import { dateFormat, sentence } from "../ui/sentences.js";

const DAY = dateFormat({ weekday: "long", day: "numeric", month: "long" });
const DAY_OF_OTHER_YEAR = dateFormat({ day: "numeric", month: "long", year: "numeric" });

function startOfDay(date, back = 0) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - back).getTime();
}

/** `at` and `now` are in milliseconds since 1970. A day that lies ahead (the clock was set back) has its date. */
export function dayName(at, now = Date.now()) {
  const [date, today] = [new Date(at), new Date(now)];
  if (startOfDay(date) === startOfDay(today)) return sentence("history.today");
  if (startOfDay(date) === startOfDay(today, 1)) return sentence("history.yesterday");
  return (date.getFullYear() === today.getFullYear() ? DAY : DAY_OF_OTHER_YEAR).format(date);
}
