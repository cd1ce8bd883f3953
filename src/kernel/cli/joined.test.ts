import { expect, test } from 'vitest'
import { joined } from './joined.ts'

const options = { eid: { type: 'string' }, mine: { type: 'string' }, quiet: { type: 'boolean' } }

test.each([
  ['a value', ['DIR', '--eid', 'abc'], ['DIR', '--eid', 'abc']],
  ['a value with a dash', ['--eid', '-abc', 'DIR'], ['--eid=-abc', 'DIR']],
  ['a value with two', ['DIR', '--eid', '--abc'], ['DIR', '--eid=--abc']],
  ['a missing value', ['--eid', '--mine', 'F'], ['--eid', '--mine', 'F']],
  ['a missing value before help', ['--eid', '--help'], ['--eid', '--help']],
  ['a joined one', ['--eid=-a', '-b'], ['--eid=-a', '-b']],
  ['a switch', ['--quiet', '-a'], ['--quiet', '-a']],
  ['a name every object has', ['--eid', '--toString'], ['--eid=--toString']],
])('%s', (_, words, whole) => {
  expect(joined(words, options)).toEqual(whole)
})
