import { createFrameDecoder, type Frame, type FrameLimits } from '../../lib/run/results/frame.ts';

/** Reads the whole log of a collector. */
export function decodeFrame(log: string, limits?: FrameLimits): Frame {
  const decoder = createFrameDecoder(limits);
  decoder.push(log);
  decoder.push('\n');
  return decoder.result();
}
