export function sha256(bytes: string): string {
  const hasher = crypto.new_hash("SHA256");
  hasher.update(bytes);
  return hasher.finalize();
}

let pool = "";

/**
 * `sodium` reads the chip's generator, which gives true random bits only while a radio is on. The
 * store therefore keeps a generator of its own over the power cycles and only stirs these bytes in.
 */
export function random(count: number): string {
  let bytes = "";
  while (bytes.length < count) {
    const [microseconds] = node.uptime();
    pool = sha256(pool + sodium.random.buf(32) + microseconds.toString());
    // Hashed once more: what goes out tells nothing of the pool.
    bytes += sha256(pool + "out");
  }
  return bytes.substring(0, count);
}
