import { Role, Sensor } from "../events";
import {
  Codes, Field, countAdministrators, countUsers, hasCredential, hasRoom, isUser, lowestFree, newUsers, userField, userRecord, validFrom, validUntil,
  withField, withPeriod, withUser,
} from "./table";

const SENSORS = [Sensor.Face, Sensor.Palm, Sensor.Finger];

/** The table with these users; the numbers between stay free. */
function tableOf(roles: { [n: number]: Role }): string {
  return Object.entries(roles).reduce((users, [n, role]) => withField(users, Number(n), Field.Role, role), newUsers());
}

function withTemplates(users: string, n: number, sensor: Sensor, count: number): string {
  return withField(users, n, Field.Faces + sensor, count);
}

test("a new table has room for 50 users and holds nobody", () => {
  const users = newUsers();
  expect(users.length).toBe(50 * Field.Width);
  expect([countUsers(users), lowestFree(users), countAdministrators(users)]).toEqual([0, 1, 0]);
});

test("M4: the lowest free number is given, gaps first; none when all 50 are taken", () => {
  let users = newUsers();
  for (let n = 1; n <= 50; n++) {
    expect(lowestFree(users)).toBe(n);
    users = withField(users, n, Field.Role, Role.User);
  }
  expect(lowestFree(users)).toBe(0);
  expect(lowestFree(withField(withField(users, 37, Field.Role, Role.None), 12, Field.Role, Role.None))).toBe(12);
});

test("each field of each user is its own", () => {
  const fields = [Field.Role, Field.Faces, Field.Palms, Field.Fingers, Field.Codes];
  for (const n of [1, 2, 25, 49, 50]) {
    for (const field of fields) {
      const users = withField(newUsers(), n, field, 3);
      for (let other = 1; other <= 50; other++) {
        expect(fields.map((f) => userField(users, other, f))).toEqual(fields.map((f) => other === n && f === field ? 3 : 0));
      }
    }
  }
});

test.each([0, -1, 51, 1000])("number %i is nobody's", (n) => {
  const users = tableOf({ 1: Role.Admin, 50: Role.Admin });
  expect([isUser(users, n), userField(users, n, Field.Role)]).toEqual([false, 0]);
});

test("C10: a period is kept beside the rest of its user", () => {
  const users = withPeriod(tableOf({ 1: Role.User, 2: Role.User, 3: Role.User }), 2, 1, 16777215);
  expect([1, 2, 3].map((n) => [validFrom(users, n), validUntil(users, n)])).toEqual([[0, 0], [1, 16777215], [0, 0]]);
  expect(userField(users, 2, Field.Role)).toBe(Role.User);
});

test("a record moves whole from one table to another", () => {
  const users = withPeriod(withField(tableOf({ 7: Role.Admin }), 7, Field.Codes, Codes.Duress), 7, 5, 6);
  const other = withUser(newUsers(), 7, userRecord(users, 7));
  expect(other).toBe(users);
});

describe("C1: quotas", () => {
  test.each([["3 faces", Sensor.Face, 3], ["2 palms", Sensor.Palm, 2], ["5 fingerprints", Sensor.Finger, 5]])("a user holds %s", (_name, sensor, quota) => {
    for (let count = 0; count <= quota; count++) {
      expect(hasRoom(withTemplates(tableOf({ 1: Role.User }), 1, sensor, count), 1, sensor)).toBe(count < quota);
    }
  });

  test.each([["faces", Sensor.Face, 3], ["palms", Sensor.Palm, 2], ["fingerprints", Sensor.Finger, 5]])("the lock holds 50 %s, whoever has them", (_name, sensor, quota) => {
    let users = tableOf({ 50: Role.User });
    let total = 0;
    for (let n = 1; n < 50 && total < 49; n++) {
      const count = Math.min(quota, 49 - total);
      users = withTemplates(withField(users, n, Field.Role, Role.User), n, sensor, count);
      total += count;
    }
    if (total < 49) users = withTemplates(users, 49, sensor, 49 - total);
    expect(hasRoom(users, 50, sensor)).toBe(true);
    expect(hasRoom(withTemplates(users, 50, sensor, 1), 50, sensor)).toBe(false);
    // The others have theirs for themselves.
    for (const other of SENSORS) expect(hasRoom(withTemplates(users, 50, sensor, 1), 50, other)).toBe(other !== sensor);
  });

  test("there is room for one who does not exist yet", () => {
    expect(SENSORS.map((sensor) => hasRoom(newUsers(), 1, sensor))).toEqual([true, true, true]);
  });
});

describe("S2, M6: administrators that count", () => {
  test.each([
    ["nothing", Field.Codes, 0, false], ["a passcode", Field.Codes, Codes.Passcode, true], ["a duress passcode alone", Field.Codes, Codes.Duress, false],
    ["both", Field.Codes, Codes.Passcode + Codes.Duress, true], ["a face", Field.Faces, 1, true], ["a palm", Field.Palms, 1, true],
    ["a fingerprint", Field.Fingers, 5, true],
  ])("one with %s", (_what, field, value, counts) => {
    const users = withField(tableOf({ 3: Role.Admin }), 3, field, value);
    expect(hasCredential(users, 3)).toBe(counts);
    expect(countAdministrators(users)).toBe(counts ? 1 : 0);
  });

  test("an ordinary user is none", () => {
    expect(countAdministrators(withField(tableOf({ 1: Role.User }), 1, Field.Codes, Codes.Passcode))).toBe(0);
  });

  test("all of them count", () => {
    let users = newUsers();
    for (let n = 1; n <= 50; n++) users = withField(withField(users, n, Field.Role, n % 2 === 0 ? Role.Admin : Role.User), n, Field.Fingers, 1);
    expect([countAdministrators(users), countUsers(users)]).toEqual([25, 50]);
  });
});
