// npm run -s test:secrecy: prints each leak channel and how it was looked for; ends with `N passed, N failed`.
import { holds, lookForLeaks } from './run.ts'

const looked = await lookForLeaks()
for (const one of looked) {
  process.stdout.write(`${holds(one) ? 'passed' : 'FAILED'}  ${one.channel}\n`)
  process.stdout.write(`        looked: ${one.how}\n`)
  process.stdout.write(`        found: ${one.found.join('; ') || 'nothing'}\n`)
  process.stdout.write(`        planted leak: ${one.planted.join('; ').slice(0, 200) || 'NOT FOUND'}\n`)
}
const failed = looked.filter((one) => !holds(one)).length
process.stdout.write(`${looked.length - failed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
