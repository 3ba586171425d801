import { parseSeconds, parseTime, timeText } from "./time";

const epoch = Date.UTC(2020, 0, 1);

test("every day from 2020 to 2050 reads and writes as the calendar has it", () => {
  for (let day = 0; day < 31 * 365 + 8; day += 1) {
    const minutes = day * 1440 + (day * 7) % 1440;
    const text = new Date(epoch + minutes * 60000).toISOString().slice(0, 16);
    expect(timeText(minutes)).toBe(text);
    expect(parseTime(text)).toBe(minutes);
  }
});

test.each(["2026-02-29T00:00", "2026-13-01T00:00", "2026-01-00T00:00", "2026-01-01T24:00", "2026-01-01T00:60", "2026-01-01 00:00", "2019-12-31T23:59",
  "2051-01-01T00:00", "2026-01-01", "", "2026-01-01T00:00:60", "2026-01-01T00:00:5", "2026-01-01T00:00x", "20a6-01-01T00:00"])("%p is no time", (text) => {
  expect(parseTime(text)).toBe(-1);
});

test("seconds and a Z may follow", () => {
  expect(["2026-01-01T00:00", "2026-01-01T00:00Z", "2026-01-01T00:00:42", "2026-01-01T00:00:42Z"].map(parseSeconds)).toEqual([0, 0, 42, 42]);
  expect(parseTime("2026-01-01T00:00:42Z")).toBe(parseTime("2026-01-01T00:00"));
});
