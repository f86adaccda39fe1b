import { expect, test } from 'vitest';
import { maskDeep, maskSecrets } from '../../../lib/run/evidence/mask-secrets.ts';

const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r'].join('.');
const awsKey = `AKIA${'IOSFODNN7EXAMPLE'}`;
const pem = (text: string): string => `-----BEGIN RSA PRIVATE KEY-----\n${text}\n-----END RSA PRIVATE KEY-----`;

test.each([
  ['Authorization: Bearer abcdef123456', 'Authorization: Bearer [masked]'],
  ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [masked]'],
  ['{"authorization":"Bearer abcdef123456"}', '{"authorization":"Bearer [masked]"}'],
  ['sent bearer abcdef123456 to db', 'sent bearer [masked] to db'],
  [`got ${jwt}, thanks`, 'got [masked JWT], thanks'],
  [`key ${awsKey} used`, 'key [masked AWS key] used'],
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'aws_secret_access_key = [masked]'],
  ['DB_PASSWORD=hunter2 DB_HOST=db', 'DB_PASSWORD=[masked] DB_HOST=db'],
  ["login with password: 'two words' failed", 'login with password: [masked] failed'],
  ['{"password":"a\\"b","user":"x"}', '{"password":[masked],"user":"x"}'],
  ['passwd=x&user=y', 'passwd=[masked]&user=y'],
  ['client_secret=abc, api-key: def; token=ghi', 'client_secret=[masked], api-key: [masked]; token=[masked]'],
  ['postgres://shop:s3cret@db:5432/shop', 'postgres://shop:[masked]@db:5432/shop'],
  ['redis://:s3cret@redis:6379/0', 'redis://:[masked]@redis:6379/0'],
  [`a\n${pem('MIIEow\nIBAAK')}\nb`, 'a\n[masked private key]\nb'],
  ['a\n-----BEGIN PRIVATE KEY-----\nMIIEow', 'a\n[masked private key]'],
  [`push with ghp_${'a'.repeat(36)} now`, 'push with [masked] now'],
  ['Set-Cookie: sid=abc', 'Set-Cookie: [masked]'],
  [String.raw`{"msg":"{\"password\":\"hunter2\",\"user\":\"x\"}"}`, String.raw`{"msg":"{\"password\":[masked],\"user\":\"x\"}"}`],
  ['password=\u001b[31mhunter2\u001b[0m of', 'password=\u001b[31m[masked]\u001b[0m of'],
  ['\u001b[32mtoken\u001b[0m: abc', '\u001b[32mtoken\u001b[0m: [masked]'],
  ['mysql --password hunter2 --host db', 'mysql --password [masked] --host db'],
  ["tool --api-key 'two words' run", 'tool --api-key [masked] run'],
  ['DB_PASS=hunter2', 'DB_PASS=[masked]'],
  ['<password>hunter2</password><user>x</user>', '<password>[masked]</password><user>x</user>'],
  [`key sk-proj-${'a1'.repeat(20)} used`, 'key [masked] used'],
])('masks %j', (text, expected) => {
  expect(maskSecrets(text)).toBe(expected);
});

test.each([
  'GET http://db:5432/shop?user=x',
  'connected to redis://redis:6379/0',
  '12 tests passed, 3 failed',
  'worker-1@celery ready.',
  'compass bearing 12',
  'Secret "absent" not found',
  'tokens are counted',
  'mysql --password --host db',
  'passed: 5, failed: 2, compass: north',
  'tokens: 35, max_tokens=4096, tokenizer=gpt2',
  'curl --cookie-jar jar.txt --password-stdin run',
  'sk-assessment-service-deployment',
  'a task-force of risk-based tests',
])('leaves %j', (text) => {
  expect(maskSecrets(text)).toBe(text);
});

test('masks values of variables with telling names in an object, and keeps the rest', () => {
  const at = new Date('2026-01-01T00:00:00Z');
  const pod = { metadata: { creationTimestamp: at }, spec: { containers: [{ name: 'suite', env: [{ name: 'DB_PASSWORD', value: 'hunter2' }, { name: 'URL', value: 'amqp://a:b@c' }, { name: 'HOST', value: 'db' }], args: ['--token=abc'] }] } };
  expect(maskDeep(pod)).toEqual({
    metadata: { creationTimestamp: '2026-01-01T00:00:00.000Z' },
    spec: { containers: [{ name: 'suite', env: [{ name: 'DB_PASSWORD', value: '[masked]' }, { name: 'URL', value: 'amqp://a:[masked]@c' }, { name: 'HOST', value: 'db' }], args: ['--token=[masked]'] }] },
  });
});

test('is linear in text that begins like a secret again and again', () => {
  const hostile = ['password=', 'eyJaaaaaaaa.', 'http://a:', '-----BEGIN PRIVATE KEY-----', 'authorization: ', 'bearer ', '--password ', '<password>', '\\\\"password', 'password\u001b[31m'].map((start) => start.repeat(20_000));
  const started = performance.now();
  for (const text of hostile) maskSecrets(text);
  const small = performance.now() - started;
  for (const text of hostile) maskSecrets(text.repeat(4));
  expect(performance.now() - started - small).toBeLessThan(Math.max(2000, small * 16));
});
