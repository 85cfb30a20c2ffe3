import { z } from 'zod'

/** A part of an object of the API, empty where it is null or absent: one odd object must not hide the others. */
export const objectPart = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? {}, schema)
