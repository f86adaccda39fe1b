import { randomBytes, randomInt } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { unpackArchive } from '../../../lib/run/results/archive.ts';
import { findLost } from '../../../lib/run/results/find-lost.ts';
import { toSafePath } from '../../../lib/run/results/safe-path.ts';
import { sanitizeLine, sanitizeText } from '../../../lib/run/results/sanitize.ts';

type Entry = Partial<Header> & { readonly name: string; readonly body?: string | Uint8Array };

const escape = '\u001b';

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const packer = pack();
  for (const { body = '', ...header } of entries) packer.entry(header, body);
  packer.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of packer) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

async function tarball(entries: readonly Entry[]): Promise<Buffer> {
  return gzipSync(await tar(entries));
}

describe('unpackArchive', () => {
  test('brings files with their bytes', async () => {
    const bytes = randomBytes(100_000);
    const unpacked = await unpackArchive(await tarball([{ name: './' , type: 'directory' }, { name: './junit.xml', body: '<x/>' }, { name: './a/b', body: bytes }, { name: './empty' }]));
    expect(unpacked).toMatchObject({ ok: true, skipped: [] });
    expect(unpacked.entries.map(({ path, bytes: { length } }) => [path, length])).toEqual([['junit.xml', 4], ['a/b', 100_000], ['empty', 0]]);
    expect(Buffer.compare(unpacked.entries[1]?.bytes ?? Buffer.alloc(0), bytes)).toBe(0);
  });

  test('takes nothing that leaves the folder, is no file or comes twice', async () => {
    const unpacked = await unpackArchive(
      await tarball([
        { name: '../evil', body: 'x' },
        { name: 'a/../../evil', body: 'x' },
        { name: '/etc/passwd', body: 'x' },
        { name: 'C:/evil', body: 'x' },
        { name: '..\\evil', body: 'x' },
        { name: 'link', type: 'symlink', linkname: '/etc' },
        { name: 'link/passwd', body: 'inside of a folder of our own' },
        { name: 'hard', type: 'link', linkname: '/etc/passwd' },
        { name: 'device', type: 'character-device' },
        { name: 'disk', type: 'block-device' },
        { name: 'fifo', type: 'fifo' },
        { name: 'file', body: '1' },
        { name: './file', body: '2' },
        { name: 'file/below', body: '3' },
        { name: 'link', body: '4' },
      ]),
    );
    expect(unpacked.ok).toBe(true);
    expect(unpacked.entries.map(({ path, bytes }) => `${path}: ${Buffer.from(bytes).toString()}`)).toEqual(['link/passwd: inside of a folder of our own', 'file: 1']);
    expect(unpacked.skipped.map(({ path, reason }) => `${path}: ${reason}`)).toMatchInlineSnapshot(`
      [
        "../evil: path leaves the results folder",
        "../evil: path leaves the results folder",
        "/etc/passwd: absolute path",
        "C:/evil: absolute path",
        "..\\evil: path leaves the results folder",
        "link: symlink",
        "hard: link",
        "device: character-device",
        "disk: block-device",
        "fifo: fifo",
        "file: duplicate path",
        "file/below: inside of a file",
        "link: path of a folder",
      ]
    `);
  });

  test('misses a link by the path that its file would have, unless that file is a result that was taken', async () => {
    const { skipped, entries } = await unpackArchive(
      await tarball([
        { name: './', type: 'directory' },
        { name: './latest.xml', type: 'symlink', linkname: 'run-1.xml' },
        { name: './sub/up.xml', type: 'symlink', linkname: '../run-1.xml' },
        { name: './run-1.xml', body: 'x' },
        { name: './again.xml', type: 'link', linkname: './run-1.xml' },
        { name: './notes', type: 'symlink', linkname: '/tmp/notes' },
      ]),
    );
    expect(skipped.map(({ path }) => path)).toEqual(['latest.xml', 'sub/up.xml', 'again.xml', 'notes']);
    expect(findLost(skipped, entries, '**/*.xml')).toBeUndefined();
  });

  test.each(['/tmp/run-2.xml', 'run-3.xml', 'raw'])('misses a result file that is a link to %s, which is no result that was taken', async (linkname) => {
    const { skipped, entries } = await unpackArchive(await tarball([{ name: './raw', body: 'x' }, { name: './run-1.xml', body: 'x' }, { name: './lost.xml', type: 'symlink', linkname }]));
    expect(findLost(skipped, entries, '**/*.xml')).toMatchObject({ path: 'lost.xml', reason: 'symlink' });
  });

  test.each([100, 1000])('a result file %i folders deep is lost, and not left out without a word', async (depth) => {
    const { skipped, entries } = await unpackArchive(await tarball([{ name: './run-1.xml', body: 'x' }, { name: `./${'folder-of-18-chars/'.repeat(depth)}bad.xml`, body: 'x' }]));
    expect(findLost(skipped, entries, '**/*.xml')).toMatchObject({ reason: 'path is too long' });
  });

  test('stops at a bomb, and keeps what came before it', async () => {
    const bomb = await tarball([{ name: 'first', body: 'first' }, { name: 'zeros', body: Buffer.alloc(3_000_000) }, { name: 'more', body: Buffer.alloc(3_000_000) }]);
    expect(bomb.length).toBeLessThan(10_000);
    const limits = { maxEntries: 10, maxBytes: 4_000_000, maxFileBytes: 4_000_000 };
    const unpacked = await unpackArchive(bomb, limits);
    expect(unpacked).toMatchObject({ ok: false, problem: 'too-large', message: expect.stringContaining('more than 4000000 bytes') });
    expect(unpacked.entries[0]?.path).toBe('first');
    expect(await unpackArchive(bomb, { ...limits, maxBytes: 1e9, maxFileBytes: 10 })).toMatchObject({ ok: true, entries: [{ path: 'first' }], skipped: [{ path: 'zeros' }, { path: 'more' }] });
  });

  test('stops at too many entries, whatever they are', async () => {
    for (const type of ['file', 'directory', 'symlink'] as const) {
      const many = await tarball(Array.from({ length: 200 }, (_, index) => ({ name: `entry-${index}`, type, linkname: 'x' })));
      expect(await unpackArchive(many, { maxEntries: 150, maxBytes: 1e9, maxFileBytes: 1e9 })).toMatchObject({ ok: false, problem: 'too-large' });
    }
  });

  test('names what is no archive', async () => {
    const whole = await tarball([{ name: 'a', body: randomBytes(10_000) }]);
    for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), gzipSync('hello'), gzipSync(randomBytes(4096)), whole.subarray(0, 5000), gzipSync((await tar([{ name: 'a', body: 'abc' }])).subarray(0, 600))]) {
      expect(await unpackArchive(bytes)).toMatchObject({ ok: false, problem: 'invalid', message: expect.stringMatching(/^The packed results cannot be unpacked: .+\.$/) });
    }
  });

  test.for([0x8a, 0xce, 0x80, 0xff])('ends on a size that is no number, or none that can be: %i', async (first) => {
    const archive = await tar([{ name: 'a', body: 'a' }, { name: 'b', body: 'b' }]);
    const header = archive.subarray(1024, 1536);
    header[124] = first;
    fixChecksum(header);
    expect(await unpackArchive(gzipSync(archive))).toMatchObject({ ok: false, problem: 'invalid', entries: [{ path: 'a' }] });
  });

  test('ends, without throwing, on archives with random damage', async () => {
    const plain = await tar([{ name: 'a', body: 'a'.repeat(600) }, { name: 'ü'.repeat(200), body: 'long' }, { name: 'l', type: 'symlink', linkname: 'x'.repeat(300) }, { name: 'b', body: 'b' }]);
    for (let round = 0; round < 300; round++) {
      const damaged = Buffer.from(plain);
      for (let change = randomInt(1, 6); change > 0; change--) {
        const at = randomInt(damaged.length / 512) * 512 + randomInt(512);
        damaged[at] = [0, 0x30, 0x37, 0x80, 0xff, 0x2d, randomInt(256)][randomInt(7)] ?? 0;
      }
      for (let block = 0; block < damaged.length; block += 512) if (randomInt(2) === 0) fixChecksum(damaged.subarray(block, block + 512));
      const unpacked = await unpackArchive(gzipSync(damaged, { level: 1 }));
      for (const { path } of unpacked.entries) expect(toSafePath(path)).toEqual({ ok: true, path });
    }
  });
});

/** Otherwise nearly all damage ends at the checksum of the header. */
function fixChecksum(block: Buffer): void {
  if (block.subarray(257, 262).toString() !== 'ustar') return;
  block.fill(' ', 148, 156);
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
}

test('toSafePath makes names that every system can write', () => {
  const paths = ['a', './a//b/./c', 'con', 'nul.txt', 'a/LPT1', 'what?*<>|":', 'tail. ', `red${escape}[31m`, 'new\nline', 'right\u202eleft', '\ud800', 'ünï-✓', 'back\\slash', 'n'.repeat(255)];
  expect(paths.map((path) => toSafePath(path)).map((safe) => (safe.ok ? safe.path : safe.reason))).toEqual([
    'a', 'a/b/c', '_con', '_nul.txt', 'a/_LPT1', 'what_______', 'tail__', 'red_[31m', 'new_line', 'right_left', '_', 'ünï-✓', 'back_slash', 'n'.repeat(255),
  ]);
  const refused = ['', '.', './', '/', '/a', '\\a', '\\\\host\\share', 'c:\\a', '..', 'a/..', '../a', 'a\\..\\b', 'n'.repeat(256), `${'n'.repeat(200)}/`.repeat(6)];
  for (const path of refused) expect(toSafePath(path)).toMatchObject({ ok: false });
});

describe('sanitize', () => {
  test('leaves text that a terminal only shows', () => {
    expect(sanitizeText(`${escape}[31mred${escape}[0m\r\n${escape}]0;title\u0007tab\there\u0000\u0008\u009b1m \u202eevil\u2069 ünï ✓ 👍 \ud800`)).toBe('red\ntab\there evil ünï ✓ 👍');
    expect(sanitizeLine(' a\n\tb\r c ')).toBe('a b c');
  });

  test('cuts what is too long and says so', () => {
    expect(sanitizeText('x'.repeat(100), 10)).toBe(`${'x'.repeat(10)}\n[90 more characters]`);
    expect(sanitizeLine('x'.repeat(5000))).toHaveLength(1000);
  });

  test('takes hostile text in its stride', () => {
    const startedAt = performance.now();
    for (const piece of [escape, `${escape}[`, `${escape}]8;;`, '\u009b', `${escape}[1;`, ';', '[[[', '\r', ' ', '\ud83d']) {
      const safe = sanitizeText(piece.repeat(200_000));
      expect(safe).not.toContain(escape);
      expect(safe.length).toBeLessThan(70_000);
    }
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
