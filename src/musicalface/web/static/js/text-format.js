// Formats words and counts for sentences on the page.

export const capitalize = (word) => word[0].toUpperCase() + word.slice(1);
export const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
