import type { Level } from '../model/snapshot.ts'

/** The class of a job that has started: it runs on this chip at this power, at the speed that it has there. */
export const startedClass = (wished: string, chip: string, { watts, speed }: Level): string =>
  `${wished} on ${chip} at ${watts} W, speed ${speed}`

/** The class that somebody asked for, of whatever class its job has now. */
export const wishedClass = (name: string): string => name.replace(/(?: on \S+ at \S+ W, speed \S+)+$/, '')

/** Whether it is the class of a job that has started, or waits at its engine. */
export const isStartedClass = (name: string): boolean => wishedClass(name) !== name
