// The file system that an image sees: the tree in memory, mounted real folders, and that no path
// leads out of them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DiskFolder } from '../../runtime-wat/host/disk_folder.mjs';
import { VirtualFiles } from '../../runtime-wat/host/virtual_files.mjs';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';

const bytes = (text) => new TextEncoder().encode(text);
const text = (data) => new TextDecoder().decode(data);

function write(files, name, contents) {
  const file = files.open(name, true);
  ok(file !== null, `${name} opens for writing`);
  file.truncate(0);
  file.write(bytes(contents), 0);
  file.close();
}

const read = (files, name) => {
  const data = files.readFile(name);
  return data === null ? null : text(data);
};

function inTemporaryFolder(body) {
  const top = fs.mkdtempSync(path.join(os.tmpdir(), 'stwasm-host-'));
  try {
    body(top);
  } finally {
    fs.rmSync(top, { recursive: true });
  }
}

await test('paths are absolute, relative to the working folder, and never lead above the root', () => {
  const files = new VirtualFiles('/image');
  equal(files.absolute('a/b'), '/image/a/b');
  equal(files.absolute('/a//./b/'), '/a/b');
  equal(files.absolute('../../../etc'), '/etc');
  equal(files.absolute(''), '/image');
  equal(files.absolute('a\0b'), null);
});

await test('files in memory are made, written, read, renamed, removed', () => {
  const files = new VirtualFiles('/image');
  equal(files.open('new', false), null);
  write(files, 'new', 'hello');
  equal(read(files, '/image/new'), 'hello');
  equalDeep(files.list('/image'), ['new']);
  ok(files.rename('new', 'old'));
  equal(files.stat('new'), null);
  ok(files.removeFile('old'));
  equal(files.removeFile('old'), false);
});

await test('writing beyond the end and truncating to a larger size fill with zeros', () => {
  const files = new VirtualFiles('/image');
  const file = files.open('f', true);
  file.write(bytes('abc'), 0);
  file.truncate(1);
  file.write(bytes('z'), 3);
  equalDeep([...files.readFile('f')], [97, 0, 0, 122]);
  file.truncate(6);
  equal(file.size(), 6);
});

await test('folders are made and removed when empty', () => {
  const files = new VirtualFiles('/image');
  ok(files.makeFolder('d'));
  equal(files.makeFolder('d'), false);
  equal(files.makeFolder('no/d'), false);
  write(files, 'd/f', '');
  equal(files.removeFolder('d'), false);
  equal(files.removeFile('d'), false);
  ok(files.removeFile('d/f'));
  ok(files.removeFolder('d'));
  equal(files.list('d'), null);
});

await test('a folder cannot be moved into itself', () => {
  const files = new VirtualFiles('/image');
  files.makeFolder('d');
  equal(files.rename('d', 'd/e'), false);
  ok(files.stat('d').isFolder);
});

await test('files of the built folder are read when needed and written as copies', () => {
  const files = new VirtualFiles('/image');
  let reads = 0;
  const original = bytes('original');
  files.memory.addFile('/image/base', 8, () => {
    reads++;
    return original.slice();
  });
  equal(files.stat('base').size, 8);
  equal(reads, 0);
  write(files, 'base', 'changed');
  equal(read(files, 'base'), 'changed');
  equal(reads, 1);
  equal(text(original), 'original');
});

await test('a mounted folder is read and written, memory shows through', () => inTemporaryFolder((top) => {
  const files = new VirtualFiles('/image');
  files.memory.addBytes('/image/base', bytes('base'));
  files.mount('/image', new DiskFolder(top));
  fs.writeFileSync(path.join(top, 'real'), 'real');
  equalDeep(files.list(''), ['base', 'real']);
  equal(read(files, 'real'), 'real');
  write(files, 'made', 'by the image');
  equal(fs.readFileSync(path.join(top, 'made'), 'utf8'), 'by the image');
  write(files, 'base', 'changed');
  equal(fs.existsSync(path.join(top, 'base')), false);
  ok(files.makeFolder('d'));
  ok(files.rename('made', 'd/moved'));
  equal(fs.readFileSync(path.join(top, 'd/moved'), 'utf8'), 'by the image');
  write(files, '/outside', 'in memory');
  ok(files.rename('/outside', 'd/inside'));
  equal(fs.readFileSync(path.join(top, 'd/inside'), 'utf8'), 'in memory');
  equal(files.stat('/outside'), null);
}));

await test('no path and no symbolic link leads out of a mounted folder', () => inTemporaryFolder((top) => {
  const inside = path.join(top, 'inside');
  fs.mkdirSync(inside);
  fs.writeFileSync(path.join(top, 'secret'), 'secret');
  fs.symlinkSync('../secret', path.join(inside, 'link'));
  fs.symlinkSync('..', path.join(inside, 'up'));
  fs.symlinkSync(path.join(top, 'absent'), path.join(inside, 'dangling'));
  const files = new VirtualFiles('/image');
  files.mount('/image', new DiskFolder(inside));
  for (const name of ['link', 'up/secret', '../secret', '/image/../secret', path.join(top, 'secret')]) {
    equal(files.open(name, false), null, name);
  }
  const folder = new DiskFolder(inside);
  for (const name of ['../secret', 'up/secret', 'link']) {
    equal(folder.open(name, true), null, name);
    equal(folder.stat(name), null, name);
  }
  equal(folder.create('../new'), null);
  equal(folder.create('up/new'), null);
  equal(folder.create('dangling'), null);
  equal(folder.makeFolder('up/new'), false);
  equal(folder.removeFile('up/secret'), false);
  equal(folder.rename('link', 'up/taken'), false);
  equal(folder.list('up'), null);
  equal(fs.existsSync(path.join(top, 'absent')), false);
  equal(fs.readFileSync(path.join(top, 'secret'), 'utf8'), 'secret');
}));

await test('links within a mounted folder work', () => inTemporaryFolder((top) => {
  fs.mkdirSync(path.join(top, 'd'));
  fs.writeFileSync(path.join(top, 'd/f'), 'linked');
  fs.symlinkSync('d', path.join(top, 'e'));
  const files = new VirtualFiles('/image');
  files.mount('/image', new DiskFolder(top));
  equal(read(files, 'e/f'), 'linked');
  ok(files.removeFile('e'));
  ok(fs.existsSync(path.join(top, 'd/f')));
}));

finish();
