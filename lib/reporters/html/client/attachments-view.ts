import type { Attachment } from '../../../run/events.ts';
import { h } from './element.ts';
import { createLog } from './log-view.ts';
import type { Page } from './page.ts';

/** Evidence that was kept beside the log: objects, events, logs of the services. */
export function attachmentViews(attachments: readonly Attachment[], { texts }: Page): readonly HTMLElement[] {
  return attachments.map(({ title, service, path, note }) => {
    const name = capital(service === undefined ? title : `service ${service}: ${title}`);
    const text = path === undefined ? undefined : texts.get(path);
    if (text !== undefined) return createLog(note === undefined ? name : `${name} (${note})`, text, false);
    return h('p.absent', {}, `${name}: `, h('span.dim', {}, [path, note].filter(Boolean).join(', ')));
  });
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
