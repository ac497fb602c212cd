// The file imports of the module, driven as the module drives them: names and records in linear
// memory, handles, positions.
import { fileImports } from '../../runtime-wat/host/files.mjs';
import { Transfer } from '../../runtime-wat/host/transfer.mjs';
import { VirtualFiles } from '../../runtime-wat/host/virtual_files.mjs';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';

function fixture() {
  const transfer = new Transfer();
  transfer.attach(new WebAssembly.Memory({ initial: 2 }));
  const files = new VirtualFiles('/image');
  const written = [];
  const streams = {
    input: { read: (bytes) => (bytes.set([72, 105].slice(0, bytes.length)), Math.min(2, bytes.length)) },
    output: { write: (bytes) => (written.push(...bytes), bytes.length) },
    error: {},
  };
  const host = fileImports(transfer, files, streams);
  const at = (pointer, text) => [pointer, transfer.putString(pointer, text)];
  return { transfer, files, written, host, at };
}

await test('a file is written and read through handles', () => {
  const { transfer, host, at } = fixture();
  equal(host.fileOpen(...at(0, 'x'), 0), -1);
  const handle = host.fileOpen(...at(0, 'x'), 1);
  equal(handle, 3);
  equal(host.fileWrite(handle, ...at(100, 'hello')), 5);
  equal(host.filePosition(handle), 5);
  equal(host.fileAtEnd(handle), 1);
  equal(host.fileSetPosition(handle, 1), 0);
  equal(host.fileRead(handle, 200, 50), 4);
  equal(transfer.string(200, 4), 'ello');
  equal(host.fileTruncate(handle, 2), 0);
  equal(host.fileSize(handle), 2);
  equal(host.fileClose(handle), 0);
  equal(host.fileClose(handle), -1);
  equal(host.fileRead(handle, 0, 1), -1);
  equal(host.fileOpen(...at(0, 'x'), 0), handle, 'handles are used again');
});

await test('a file opened for reading refuses to be changed', () => {
  const { host, at } = fixture();
  host.fileClose(host.fileOpen(...at(0, 'x'), 1));
  const handle = host.fileOpen(...at(0, 'x'), 0);
  equal(host.fileWrite(handle, 0, 1), -1);
  equal(host.fileTruncate(handle, 0), -1);
});

await test('standard streams are handles 0, 1 and 2', () => {
  const { transfer, host, at, written } = fixture();
  equal(host.fileWrite(1, ...at(0, 'out')), 3);
  equalDeep(written, [111, 117, 116]);
  equal(host.fileRead(0, 10, 2), 2);
  equal(transfer.string(10, 2), 'Hi');
  equal(host.fileWrite(0, 0, 1), -1);
  equal(host.fileClose(1), 0);
  equal(host.fileWrite(1, 0, 1), 1, 'a standard stream stays open');
});

await test('a directory is walked entry by entry', () => {
  const { transfer, files, host, at } = fixture();
  files.memory.addBytes('/image/d/one', new Uint8Array(7));
  files.makeFolder('d/two');
  const entry = (index, name = '') => {
    const code = host.directoryEntry(...at(1000, 'd'), index, ...at(2000, name));
    if (code !== 0) return code;
    const view = transfer.view(0, 32);
    ok(view.getFloat64(8, true) > 3.8e9, 'seconds since 1901');
    return [transfer.string(32, view.getInt32(28, true)), view.getFloat64(16, true), view.getInt32(24, true)];
  };
  equalDeep(entry(1), ['one', 7, 0]);
  equalDeep(entry(2), ['two', 0, 1]);
  equal(entry(3), 1);
  equalDeep(entry(0, 'two'), ['two', 0, 1]);
  equal(entry(0, 'three'), 1);
  equal(host.directoryEntry(...at(1000, 'none'), 1, 0, 0), 2);
});

await test('names may be UTF-8 or single bytes', () => {
  const { transfer, files, host } = fixture();
  transfer.bytes(0, 3).set([0xc3, 0xa9, 0x78]);
  ok(host.fileOpen(0, 3, 1) > 2);
  transfer.bytes(0, 2).set([0xe9, 0x79]);
  ok(host.fileOpen(0, 2, 1) > 2);
  equalDeep(files.list(''), ['éx', 'éy']);
});

finish();
