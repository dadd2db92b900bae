/** Writes a zip archive of one entry, the way Zuora packs a result: deflate, sizes in the local header. */
import { crc32 } from './crc32';
import { deflateRawSync } from 'node:zlib';

export function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const nameBytes = Buffer.from(name, 'utf8');
  const common = fields(packed.length, content.length, crc32(content), nameBytes.length);

  const local = Buffer.concat([u32(0x04034b50), u16(20), common, nameBytes, packed]);
  // Version made by 3.0 on Unix, then the local header's fields, no comment, disk 0, a regular file, offset 0.
  const central = Buffer.concat([
    ...[u32(0x02014b50), u16(0x031e), u16(20), common],
    ...[u16(0), u16(0), u16(0), u32(0o100644 * 0x10000), u32(0), nameBytes],
  ]);
  const end = Buffer.concat([
    ...[u32(0x06054b50), u16(0), u16(0), u16(1), u16(1)],
    ...[u32(central.length), u32(local.length), u16(0)],
  ]);
  return Buffer.concat([local, central, end]);
}

/** What local header and directory share: flags (UTF-8 name), deflate, 1980-01-01, checksum, sizes, name, no extra. */
function fields(packed: number, size: number, checksum: number, nameLength: number): Buffer {
  return Buffer.concat([
    ...[u16(0x0800), u16(8), u16(0), u16(0x21), u32(checksum)],
    ...[u32(packed), u32(size), u16(nameLength), u16(0)],
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
