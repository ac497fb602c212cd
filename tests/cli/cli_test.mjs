// The command's tests, one file per theme.
import { finish } from '../harness.mjs';

await import('./usage_test.mjs');
await import('./goal_test.mjs');
await import('./image_test.mjs');
await import('./bad_input_test.mjs');
await import('./run_test.mjs');
finish();
