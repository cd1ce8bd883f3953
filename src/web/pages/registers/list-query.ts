import type { Field } from '../../../kernel/register/declaration.ts'
import type { RegisterShape } from '../../shapes.ts'

/** Fields a list can be filtered by. */
export const filterFields = (register: RegisterShape): Field[] =>
  [...register.fields, ...(register.lines?.fields ?? [])].filter(
    (field) => field.dim && (field.kind === 'choice' || field.kind === 'yesno'),
  )

/** Everything the reader may filter by, as it stands in the address. */
export const filterNames = (register: RegisterShape): string[] => [
  'q',
  'from',
  'to',
  'state',
  ...filterFields(register).map((field) => field.id),
]

/** The query of a list, its export and its print: the same names, so that they agree. */
export function listQuery(
  register: RegisterShape,
  address: Record<string, string>,
  scope: { unitId: number; year: number },
): Record<string, string | number | undefined> {
  const picked = Object.fromEntries(filterNames(register).map((name) => [name, address[name]]))
  const dated = Boolean(picked['from'] || picked['to'])
  return { ...picked, unitId: scope.unitId, below: address['below'] ?? '1', year: dated ? undefined : scope.year }
}
