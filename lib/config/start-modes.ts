/** When the Jobs of an installed chart start: all of them at once, or one after another, as the CLI releases them. */
export type StartMode = 'all' | 'controlled';

/** The first is the default. */
export const startModes = ['all', 'controlled'] as const satisfies readonly StartMode[];
