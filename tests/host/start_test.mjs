// What a run has no need of is not loaded: Node's own fetch and WebSocket take longer to load than the whole host.
import { Machine } from '../../runtime-wat/host/machine.mjs';
import { JavaScript } from '../../runtime-wat/host/javascript.mjs';
import { Permissions } from '../../runtime-wat/host/permissions.mjs';
import { equal, finish, ok, test } from '../harness.mjs';

const isLoaded = () => globalThis.process.moduleLoadList.some((name) => name.includes('undici/undici'));

await test('network code is loaded when the image reaches for JavaScript, and not before', () => {
  new Machine({ report: () => {} });
  const exports = { primitiveFailed: { value: 'failed' } };
  const javaScript = new JavaScript(exports, {}, new Permissions(undefined, () => {}), () => {});
  equal(isLoaded(), false);
  equal(javaScript.perform(0, null, null, null), 'failed');
  ok(isLoaded(), 'whatever is guarded is known before anything is handed out');
});

finish();
