import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const quiet = { share: 0.12, seconds: 3, deadlineSeconds: 120 };

/** Waits until the machine does next to nothing: pods that were deleted keep kubelet and kernel busy for seconds. */
export async function untilIdle(): Promise<void> {
  let quietSeconds = 0;
  let share = 1;
  for (let second = 0; second < quiet.deadlineSeconds; second++) {
    const before = processorTimes();
    await sleep(1000);
    const after = processorTimes();
    share = (after.busy - before.busy) / (after.all - before.all);
    quietSeconds = share < quiet.share ? quietSeconds + 1 : 0;
    if (quietSeconds === quiet.seconds) return;
  }
  console.error(`The machine is still ${Math.round(share * 100)} % busy after ${quiet.deadlineSeconds} s; measuring all the same.`);
}

function processorTimes(): { readonly busy: number; readonly all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const all = times.flatMap(({ user, nice, sys, idle, irq }) => [user, nice, sys, idle, irq]).reduce((sum, time) => sum + time, 0);
  return { busy: all - times.reduce((sum, { idle }) => sum + idle, 0), all };
}
