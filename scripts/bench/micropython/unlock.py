# The match of an unlocking by passcode as a plain MicroPython program, for `npm run bench`: device key, a keyed tag
# that rolls over the entry six digits wide, a digest where a tag is met, one pin write. The algorithm is
# firmware/core/passcode/match.ts, without the rest of a lock: no journal, no users' rights, no lockout, no lights.
#
# Prints a line each, "floor <ns>" and "ok <users> <digits> <ns>".
import hashlib
import time

PRIME = 46337
WINDOW = 6
DIGEST = 16
ROUNDS = 50
RUNS = 100


class Pin:
    def __init__(self):
        self.level = 0

    def write(self, level):
        self.level = level


def sha256(data):
    return hashlib.sha256(data).digest()


class Lock:
    def __init__(self, key):
        self.key = key
        made = sha256(key + b"tag")
        self.base = 2 + (made[0] * 65536 + made[1] * 256 + made[2]) % (PRIME - 3)
        power = 1
        for _ in range(WINDOW):
            power = power * self.base % PRIME
        self.leaving = [(PRIME - (digit + 1) * power % PRIME) % PRIME for digit in range(10)]
        # By tag: length, user and digest of each code that begins with it.
        self.codes = {}
        self.motor = Pin()
        self.clear()

    def clear(self):
        self.digits = b""
        self.tag = 0
        self.found = []

    def digit(self, digit):
        tag = self.tag * self.base + digit + 1
        length = len(self.digits)
        if length >= WINDOW:
            tag += self.leaving[self.digits[length - WINDOW] - 48]
        self.tag = tag % PRIME
        self.digits += bytes((48 + digit,))
        if length + 1 >= WINDOW:
            for code in self.codes.get(self.tag, ()):
                self.found.append((length + 1 - WINDOW, code))

    def digest(self, digits):
        return sha256(self.key + digits)[:DIGEST]

    def add(self, user, code):
        self.clear()
        for one in code[:WINDOW]:
            self.digit(one - 48)
        self.codes.setdefault(self.tag, []).append((len(code), user, self.digest(code)))
        self.clear()

    # Compared by a second keyed digest, as the lock does.
    def same(self, a, b):
        return sha256(self.key + a) == sha256(self.key + b)

    def ok(self):
        best = 0
        owner = 0
        for start, (length, user, digest) in self.found:
            if start + length <= len(self.digits) and length > best and self.same(self.digest(self.digits[start:start + length]), digest):
                best = length
                owner = user
        if owner > 0:
            self.motor.write(1)
        return owner


# Nanoseconds of one run, the least of many: the clock counts microseconds, so runs are timed by the hundred.
def least(act):
    best = 1 << 30
    for _ in range(ROUNDS):
        begun = time.ticks_us()
        for _ in range(RUNS):
            act()
        best = min(best, time.ticks_diff(time.ticks_us(), begun))
    return best * 1000 // RUNS


# Of six to ten digits, as the lock's.
def code_of(n):
    return bytes(48 + byte % 10 for byte in sha256(b"code %d" % n))[:6 + n % 5]


def measure(users, digits):
    lock = Lock(sha256(b"device"))
    for n in range(51 - users, 51):
        lock.add(n, code_of(n))
    code = code_of(50)
    if lock.ok() != 0:
        raise ValueError("a code was found in nothing")
    for one in b"31415926535897932384"[:digits - len(code)] + code:
        lock.digit(one - 48)
    if lock.ok() != 50:
        raise ValueError("the code was not found")
    return least(lock.ok)


def main():
    pin = Pin()
    data = b"0123456789abcdef" * 4

    def floor():
        sha256(data)
        pin.write(1)

    print("floor", least(floor))
    for users in (1, 50):
        for digits in (6, 20):
            print("ok %d %d" % (users, digits), measure(users, digits))


main()
