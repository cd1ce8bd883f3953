import { expect, test } from 'vitest'
import { manifests } from '../src/modules.ts'
import { expand, ownPermissions, ROLES } from '../src/modules/accounts/roles.ts'

const declared = manifests.flatMap((manifest) => manifest.permissions.map((permission) => permission.name))

test('every permission that a module declares is given by some role', () => {
  const given = new Set(ROLES.flatMap((role) => expand(role.permissions, declared)))
  expect(declared.filter((name) => !given.has(name))).toEqual([])
})

test('what opens confidential ledgers is given by name and never to the three administrations', () => {
  const confidential = declared.filter((name) => /\.(read-confidential|reveal)$/.test(name))
  expect(confidential.length).toBeGreaterThan(3)
  for (const role of ROLES) {
    const gives = expand(role.permissions, confidential)
    expect(gives.filter((name) => !role.permissions.includes(name))).toEqual([])
    if (role.administration) expect(gives).toEqual([])
  }
})

test('aid files are opened only by an office with a second factor', () => {
  for (const role of ROLES)
    if (expand(role.permissions, ['hardship.read-confidential', 'mutual-aid.read-confidential', 'funds.write']).length)
      expect([role.id, role.needsSecondFactor]).toEqual([role.id, true])
})

test('what members see of their own is a declared permission, once its module exists', () => {
  const modules = new Set(manifests.map((manifest) => manifest.name))
  const known = ownPermissions.filter((name) => modules.has(name.split('.')[0]!))
  expect(known.filter((name) => !declared.includes(name))).toEqual([])
})
