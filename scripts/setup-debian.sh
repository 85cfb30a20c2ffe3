#!/usr/bin/env bash
# Installs the system packages that make Dengta better. Nothing here is needed for a first run.
set -euo pipefail
sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  bubblewrap chromium fonts-noto-cjk postgresql golang-go golang-golang-x-mod-dev strace \
  slurmctld slurmd slurmrestd slurmdbd slurm-client slurm-wlm-jwt-plugin munge mariadb-server iproute2 \
  coinor-cbc glpk-utils zstd libevtx-utils nats-server openssh-server openssh-client
