import { connect } from "node:net";
import { UserError } from "../build/user-error";
import { Line, LineEvents, lineOver } from "./line";

const connectMs = 5000;

export interface TcpAddress { host: string; port: number }

/** Reads `tcp://host:port`, and `host:port` where no path can be meant. @returns null for anything else. */
export function tcpAddress(path: string): TcpAddress | null {
  const found = /^(?:tcp:\/\/)?(?:\[([^\]/]+)\]|([^\s/:]+)):(\d{1,5})$/.exec(path);
  return found === null ? null : { host: found[1] ?? found[2], port: Number(found[3]) };
}

/** A serial line at the other end of a network, as ser2net or socat offers it. @throws UserError where nobody listens. */
export function openTcp(path: string, { host, port }: TcpAddress, events: LineEvents): Promise<Line> {
  if (port < 1 || port > 65535) return Promise.reject(new UserError(`The port number in ${path} is not in 1 to 65535.`));
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, timeout: connectMs });
    const failed = (code: string): void => {
      socket.destroy();
      reject(new UserError(refusal(path, host, code)));
    };
    socket.once("timeout", () => failed("ETIMEDOUT"));
    socket.once("error", (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
    socket.once("connect", () => {
      socket.removeAllListeners().setTimeout(0);
      resolve(lineOver(path, socket, events));
    });
  });
}

function refusal(path: string, host: string, code: string): string {
  if (code === "ECONNREFUSED") return `Nobody listens at ${path}.`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `There is no host ${host}.`;
  if (code === "ETIMEDOUT" || code === "EHOSTUNREACH" || code === "ENETUNREACH") return `The host ${host} does not answer.`;
  return `No connection to ${path} (${code}).`;
}
