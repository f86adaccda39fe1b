import { expect, test } from 'vitest';
import { ContactNotice } from '../../lib/reporters/default/contact-notice.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();

test('a loss of contact is told when it lasts, once, and its end only then', () => {
  const notice = new ContactNotice();
  const said = [
    notice.change({ type: 'contact-changed', at: at(0), lost: 'busy' }),
    notice.tick(new Date(4000)),
    notice.change({ type: 'contact-changed', at: at(4) }),
    notice.tick(new Date(60_000)),
    notice.change({ type: 'contact-changed', at: at(60), lost: 'refused\u001b[31m' }),
    notice.tick(new Date(65_000)),
    notice.tick(new Date(70_000)),
    notice.change({ type: 'contact-changed', at: at(71) }),
  ];
  expect(said.filter((text) => text !== undefined)).toEqual(['The API server does not answer; no suite is judged meanwhile. refused\n', 'The API server answers again.\n']);
});
