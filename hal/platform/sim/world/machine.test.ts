import { fakeBoard, FakeLock, newFakeLock } from "../../../../test/rig/fake-lock";
import { newWorld, World } from ".";

const door = fakeBoard.parts.contacts.doorOpen.pin;
const { inputs, sleepPin } = fakeBoard.parts.bolt;

/** As a driver does it: the bridge is awake before it is driven. */
function drive(world: World, lock: FakeLock, pin: number): void {
  lock.chip().writePin(sleepPin, 1);
  world.advance(2);
  lock.chip().writePin(pin, 1);
}

function start(): { world: World; lock: FakeLock } {
  const lock = newFakeLock();
  const world = newWorld({ board: fakeBoard, engine: lock.engine, seed: "test" });
  world.powerOn();
  world.advance(100);
  lock.heard.length = 0;
  return { world, lock };
}

describe("time", () => {
  test("happenings come one by one, ties in the order of insertion", () => {
    const { world } = start();
    const seen: string[] = [];
    world.scheduler.after(5, () => seen.push("b"));
    world.scheduler.after(5, () => seen.push("c"));
    world.scheduler.after(1, () => { seen.push("a"); world.scheduler.after(4, () => seen.push("d")); });
    world.advance(5);
    expect(seen).toEqual(["a", "b", "c", "d"]);
    expect(world.nowMs).toBe(105);
  });

  test("a timer is one shot, starts anew and can be stopped", () => {
    const { world, lock } = start();
    const chip = lock.chip();
    chip.setTimer(1, 50);
    world.advance(30);
    chip.setTimer(1, 50);
    chip.setTimer(2, 10);
    chip.setTimer(2, -1);
    world.advance(1000);
    expect(lock.heard).toEqual(["180 timer 1"]);
  });

  test("a lock that never rests is an error, not a hang", () => {
    const { world, lock } = start();
    const again = (): void => { lock.chip().setTimer(1, 0); world.scheduler.after(0, again); };
    again();
    expect(() => world.advance(1)).toThrow("does not come to rest");
  });
});

describe("power", () => {
  test("the chip's time starts at 0, the world's goes on, nothing meant for the old image reaches the new one", () => {
    const { world, lock } = start();
    lock.chip().setTimer(1, 50);
    world.setDoor(true);
    world.powerOff();
    world.advance(1000);
    world.powerOn();
    world.advance(100);
    expect(lock.heard).toEqual(["100 end", "0 boot 0"]);
    expect(world.nowMs).toBe(1200);
    expect(lock.chip().readPin(door)).toBe(1);
  });

  test("a change meant for the old image is not told to a new one that starts at once", () => {
    const { world, lock } = start();
    world.setDoor(true);
    world.powerOff();
    world.powerOn();
    world.advance(100);
    expect(lock.heard).toEqual(["100 end", "0 boot 0"]);
  });

  test("outputs fall and the motor stops where it is", () => {
    const { world, lock } = start();
    drive(world, lock, inputs.in1Pin);
    world.advance(300);
    world.powerOff();
    world.advance(1000);
    expect(world.bolt.position()).toBe(500);
    expect(lock.chip().readPin(inputs.in1Pin)).toBe(0);
  });

  test("a restart ends the image when it returns and starts the next with its cause", () => {
    const { world, lock } = start();
    world.type("reboot\n");
    world.advance(1);
    expect(lock.heard).toEqual(["100 end", "0 boot 1"]);
  });

  test("power off between two images of a restart wins", () => {
    const { world, lock } = start();
    world.type("reboot\n");
    world.advance(0, () => lock.heard.includes("100 end"));
    world.powerOff();
    world.advance(1000);
    expect(world.machine.powered).toBe(false);
    expect(lock.heard).toEqual(["100 end"]);
  });

  test("a fault of the image reaches the host", () => {
    const { world, lock } = start();
    world.type("crash\n");
    expect(() => world.advance(1)).toThrow("a fault of the image");
    expect(world.machine.powered).toBe(false);
    expect(lock.heard.at(-1)).toBe("100 end");
  });

  test("what a part refuses stops the world, not the image in the midst of its work", () => {
    const { world, lock } = start();
    expect(lock.chip().i2cWrite(0, 0x5A, "\x60\x00")).toBe(false);
    lock.chip().send(1, "ab");
    expect(() => world.advance(1)).toThrow("MPR121: register 0x60 is not to be written");
    expect(() => world.advance(1)).toThrow("the reader is spoken to without supply");
  });
});

describe("flash", () => {
  test("bits only clear, an erase takes a page", () => {
    const { world, lock } = start();
    lock.chip().writeFlash(256, "\xf0");
    lock.chip().writeFlash(256, "\x3c");
    expect(lock.chip().readFlash(256, 2)).toBe("\x30\xff");
    lock.chip().eraseFlash(1);
    expect(lock.chip().readFlash(256, 1)).toBe("\xff");
    expect(world.flash.operations).toBe(3);
  });

  test("a write must not cross a page nor leave the flash", () => {
    const { lock } = start();
    expect(() => lock.chip().writeFlash(255, "ab")).toThrow("crosses a page");
    expect(() => lock.chip().writeFlash(1023, "ab")).toThrow("outside");
    expect(() => lock.chip().eraseFlash(4)).toThrow("outside");
  });

  test.each([[undefined, "ab\xff\xff"], [0, "\xff\xff\xff\xff"], [3, "abc\xff"], [4, "abcd"], [9, "abcd"]])(
    "a cut at byte %p leaves %p", (byte, left) => {
      const { world, lock } = start();
      world.flash.cutAt({ operation: 2, byte });
      world.type("erase 0\n");
      world.type("write 0 abcd\n");
      world.advance(1);
      expect(world.machine.powered).toBe(false);
      expect(world.flash.read(0, 4)).toBe(left);
      expect(lock.heard.at(-1)).toBe("100 end");
      expect(world.flash.cutPending).toBe(false);
    });

  test("after the cut the dying image changes nothing", () => {
    const lock = newFakeLock({
      stubborn: (chip) => {
        try { chip.writeFlash(0, "ab"); } catch { chip.writePin(inputs.in1Pin, 1); }
        expect(() => chip.writeFlash(8, "cd")).toThrow("power lost");
        expect(() => chip.readFlash(0, 1)).toThrow("power lost");
        chip.setTimer(1, 1);
      },
    });
    const world = newWorld({ board: fakeBoard, engine: lock.engine });
    world.powerOn();
    world.flash.cutAt({ operation: 1, byte: 1 });
    world.type("stubborn\n");
    world.advance(1000);
    expect(world.flash.read(0, 10)).toBe("a" + "\xff".repeat(9));
    expect(world.bolt.position()).toBe(800);
    expect(lock.heard.at(-1)).toBe("0 end");
  });

  test("a cut during the boot itself leaves a lock without power", () => {
    const world = newWorld({ board: fakeBoard, engine: (chip) => { chip.eraseFlash(0); throw new Error("not reached"); } });
    world.flash.cutAt({ operation: 1, byte: 0 });
    world.powerOn();
    expect(world.machine.powered).toBe(false);
  });
});

test("a seed fixes the random bytes, and they go on across a restart", () => {
  const first = start().lock.chip();
  const second = start().lock.chip();
  const bytes = first.random(40);
  expect(second.random(8) + second.random(32)).toBe(bytes);
  expect(first.random(40)).not.toBe(bytes);
  expect(Buffer.from(first.sha256("abc"), "latin1").toString("hex")).toMatch(/^ba7816bf/);
});
