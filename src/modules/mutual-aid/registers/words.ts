import type { Genre } from '../../../kernel/register/declaration.ts'

/** The women's committee reports on insurance too, but only on what concerns women: all other sentences stand in these. */
export const GENERAL: readonly Genre[] = ['annual', 'congress', 'half-year', 'briefing', 'deeds']
