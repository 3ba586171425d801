/**
 * Calendar without the platform's: minutes since 2020-01-01 00:00 UTC and dates. 24 bits of minutes
 * last until 2051, so years are 2020 to 2050, in which every fourth is a leap year.
 */

export const enum Year { First = 2020, Last = 2050 }

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** @param month 1 to 12 */
function daysOfMonth(year: number, month: number): number {
  return month === 2 && year % 4 === 0 ? 29 : DAYS[month - 1];
}

function daysOfYear(year: number): number {
  return year % 4 === 0 ? 366 : 365;
}

/** A day of the calendar. */
export interface CalendarDate {
  year: number;
  /** 1 to 12. */
  month: number;
  /** From 1. */
  day: number;
}

/** @param days since 2020-01-01 */
export function dateOf(days: number): CalendarDate {
  let left = days;
  let year: number = Year.First;
  while (left >= daysOfYear(year)) {
    left = left - daysOfYear(year);
    year++;
  }
  let month = 1;
  while (left >= daysOfMonth(year, month)) {
    left = left - daysOfMonth(year, month);
    month++;
  }
  return { year, month, day: left + 1 };
}

/** @returns minutes since 2020-01-01 00:00 UTC, -1 if there is no such time */
export function minutesAt(year: number, month: number, day: number, hour: number, minute: number): number {
  if (year < Year.First || year > Year.Last || month < 1 || month > 12) return -1;
  if (day < 1 || day > daysOfMonth(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
  let days = day - 1;
  for (let y: number = Year.First; y < year; y++) days = days + daysOfYear(y);
  for (let m = 1; m < month; m++) days = days + daysOfMonth(year, m);
  return days * 1440 + hour * 60 + minute;
}
