const textFrame = 0x81;

/**
 * A whole unmasked websocket text frame. Written to any number of sockets as it is: the library behind the sockets
 * would build a header anew for each.
 */
export function wireFrameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerLength = headerLengthFor(length);
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = textFrame;
  if (headerLength === 2) {
    frame[1] = length;
  } else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headerLength, "utf8");
  return frame;
}

function headerLengthFor(length: number): 2 | 4 | 10 {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}
