/** The user and group that a job runs as: owns nothing on the host. */
export const NOBODY = 65534
