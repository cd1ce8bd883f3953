import { UNIT_TYPES, type UnitType } from '../../modules/organisation/types.ts'

/** Chinese names of the kinds of unit. */
export const unitTypeTitles = Object.fromEntries(
  Object.entries(UNIT_TYPES).map(([type, kind]) => [type, kind.title]),
) as Record<UnitType, string>

export const unitTypeTitle = (type: string): string => unitTypeTitles[type as UnitType] ?? type
