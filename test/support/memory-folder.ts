import type { FileEnd, RunFolder } from '../../lib/ports/files.ts';

export class MemoryFolder implements RunFolder {
  readonly root = '.kubesuite/runs/r7f3';
  readonly files = new Map<string, string>();

  async write(path: string, content: string | Uint8Array): Promise<void> {
    this.files.set(path, typeof content === 'string' ? content : new TextDecoder().decode(content));
  }

  async readEnd(path: string, maxBytes: number): Promise<FileEnd | undefined> {
    const text = this.files.get(path);
    if (text === undefined) return undefined;
    const bytes = new TextEncoder().encode(text);
    return { text: new TextDecoder().decode(bytes.subarray(Math.max(0, bytes.length - maxBytes))), omittedBytes: Math.max(0, bytes.length - maxBytes) };
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const content = this.files.get(path);
    return content === undefined ? undefined : Buffer.from(content);
  }

  async append(path: string, content: string): Promise<void> {
    this.files.set(path, (this.files.get(path) ?? '') + content);
  }
}
