import type { ReadStream, WriteStream } from "node:tty";

export type TypedScreen = {
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** Characters that a line may have. */
  readonly accepts: RegExp;
  /** The lines of the picture now. */
  readonly draw: (state: {
    readonly typed: string;
    readonly message: string;
    readonly width: number;
  }) => readonly string[];
  /** Called with what was typed and Enter; answers what is said of it. */
  readonly enter: (line: string) => Promise<string>;
  /** What is said while `enter` works. */
  readonly busy: (line: string) => string;
};

/** The clock on the screen moves this often. */
const redrawMs = 250;
const typedMax = 32;
/** For a terminal that does not tell its width. */
const usualWidth = 80;
const clear = "\u001b[2J\u001b[H";
const home = "\u001b[H";
const restOfLine = "\u001b[K";
const restOfScreen = "\u001b[J";
const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const enterKeys = ["\r", "\n"];
const erase = ["\u007f", "\b"];
const interrupt = ["\u0003", "\u0004"];

/** Draws again and again until the person leaves, or `over` says why there is nothing to see any more. */
export async function runTypedScreen(screen: TypedScreen, over: Promise<string>): Promise<void> {
  const { input, output, accepts, enter, busy } = screen;
  let typed = "";
  let message = "";
  let leave: (reason: string) => void = () => {};
  const left = new Promise<string>((resolve) => {
    leave = resolve;
  });

  function draw(): void {
    const lines = screen.draw({ typed, message, width: output.columns || usualWidth });
    output.write(home + lines.map((line) => line + restOfLine).join("\r\n") + restOfScreen);
  }

  async function send(line: string): Promise<void> {
    message = busy(line);
    message = await enter(line);
    draw();
  }

  function key(text: string): void {
    for (const character of text) {
      if (interrupt.includes(character)) return leave("");
      if (enterKeys.includes(character) && typed !== "") {
        void send(typed);
        typed = "";
      } else if (erase.includes(character)) typed = typed.slice(0, -1);
      else if (accepts.test(character) && typed.length < typedMax) typed += character;
    }
    draw();
  }

  input.setRawMode(true);
  input.setEncoding("utf8");
  input.on("data", key);
  output.write(clear + hideCursor);
  const timer = setInterval(draw, redrawMs);
  draw();
  const reason = await Promise.race([left, over]);
  clearInterval(timer);
  input.off("data", key);
  input.setRawMode(false);
  input.pause();
  output.write(`${showCursor}\r\n${reason === "" ? "" : `${reason}\r\n`}`);
}
