import { cpus } from 'node:os';
import { reportDownloads } from './bench/download.ts';
import { reportLooks } from './bench/looks.ts';
import { reportManyImages } from './bench/many-images.ts';
import { reportManyModels } from './bench/many-models.ts';
import { reportRequestsOfFinishedTraining, reportRequestsOfStarts } from './bench/requests.ts';
import { reportSizes } from './bench/sizes.ts';
import { PROCESS_RUNS, reportStartTimes } from './bench/start-times.ts';

/** Prints measured figures. Nothing is asserted: a slow machine is no mistake. docs/internals/benchmarks.md tells how to read them. */
const SIZE_GOAL_BYTES = 1_300_000;

heading('Machine');
console.log(`Node ${process.version}, ${cpus().length} cores, ${process.platform} ${process.arch}`);
heading(`Size of what an entry loads (goal: under ${SIZE_GOAL_BYTES} bytes each, chunks included)`);
for (const folder of ['dist', 'dist/post', 'dist/settle']) await reportSizes(folder);
heading(`Time until a wrong input is reported (median of ${PROCESS_RUNS}, interleaved)`);
await reportStartTimes();
heading('Requests of a run on a finished training');
await reportRequestsOfFinishedTraining();
heading('Requests of a start, up to and with reading it back');
await reportRequestsOfStarts();
heading('Many models: decision and report (goal: under 300 ms and 220 MB for 10,000)');
reportManyModels();
heading('Noise by image (goal: under 300 ms for 100,000)');
reportManyImages();
heading('Weights: peak of memory, and time');
await reportDownloads();
heading('Looks at a training, and the longest delay until its end is seen');
reportLooks();

function heading(text: string): void {
  console.log(`\n${text}`);
}
