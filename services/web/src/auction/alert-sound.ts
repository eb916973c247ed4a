const toneHz = 660;
const toneSeconds = 0.18;

/** A short tone, twice. Without sound in this browser, or before the page was touched, nothing is heard. */
export function playAlert(): void {
  if (!("AudioContext" in window)) return;
  const audio = new AudioContext();
  for (const start of [0, toneSeconds * 1.6]) {
    const tone = audio.createOscillator();
    const level = audio.createGain();
    tone.frequency.value = toneHz;
    level.gain.setValueAtTime(0.12, audio.currentTime + start);
    level.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + toneSeconds);
    tone.connect(level).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + toneSeconds);
  }
  setTimeout(() => void audio.close(), 2_000);
}

/** A shake of the device, where it can. */
export function shake(): void {
  navigator.vibrate?.([120, 60, 120]);
}
