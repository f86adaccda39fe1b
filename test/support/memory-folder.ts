import type { RunFolder } from '../../lib/ports/files.ts';

export class MemoryFolder implements RunFolder {
  readonly root = '.kubesuite/runs/r7f3';
  readonly files = new Map<string, string>();

  async write(path: string, content: string | Uint8Array): Promise<void> {
    this.files.set(path, typeof content === 'string' ? content : new TextDecoder().decode(content));
  }

  async append(path: string, content: string): Promise<void> {
    this.files.set(path, (this.files.get(path) ?? '') + content);
  }
}
