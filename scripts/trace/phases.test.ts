import { phaseGroups, phaseOf } from "./phases";

test.each<[string, string, string]>([
  ["@12 bolt unlocking", "bolt", "unlocking"], ["@12 keypad on lit=0123456789,cancel", "keypad", "on"], ["keypad off", "keypad", "off"],
  ["@12 alarm tamper on", "alarm_tamper", "on"], ["@12 alarm duress off", "alarm_duress", "off"], ["@12 lockout on for=180", "lockout", "on"],
  ["@12 power low", "power", "low"], ["@12 menu closed", "menu", "closed"],
])("%s", (line, group, word) => {
  expect(phaseOf(line)).toEqual({ group, word });
});

test.each(["@12 grant user=1", "@12 alarm", "@12 alarm fire on", "ok"])("%s is no phase", (line) => {
  expect(phaseOf(line)).toBeNull();
});

test("every alarm of the firmware has a group", async () => {
  const { ALARMS } = await import("../../firmware/console/words");
  for (const alarm of ALARMS.split(" ")) expect(Object.keys(phaseGroups)).toContain(`alarm_${alarm}`);
});
