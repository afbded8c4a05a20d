#!/usr/bin/env bash
# Evaluates an archive on a Spark of this machine with two workers, and compares what comes out with what rulec writes
# by itself, line by line; kills workers meanwhile, lets evaluators fail, and measures what a message costs. Installs
# PySpark into .build/spark (850 MB) if it is missing; Java 17 or later must be there. With --short 20 000 messages in
# place of 2 000 000, or as many as MESSAGES says.
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no PYTHONDONTWRITEBYTECODE=1
messages=${MESSAGES:-2000000}
if [ "${1:-}" = "--short" ]; then messages=20000; fi

if ! command -v java > /dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless
fi
venv=${SPARK_VENV:-.build/spark}
if [ ! -x "$venv/bin/spark-submit" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q -r Tests/Spark/requirements.txt
fi
if [ -z "${RULEC:-}" ]; then
  swift build -c release --product rulec
  RULEC=$PWD/.build/release/rulec
fi
if [ -z "${LIBRARY:-}" ]; then
  .install/build library
  LIBRARY=$PWD/.build-shared/release/libsendpolicy.so
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder" "$venv"/lib/python*/site-packages/pyspark/work' EXIT
export RULEC LIBRARY FOLDER="$folder" PYSPARK_PYTHON="$PWD/$venv/bin/python"
case $venv in /*) PYSPARK_PYTHON=$venv/bin/python ;; esac
export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=127.0.0.1 SPARK_LOCAL_DIRS="$folder/spark"
export PYTHONPATH="$PWD/integrations/spark:$PWD/bindings/python:$PWD/Tests/Spark"
"$PYSPARK_PYTHON" -W ignore Tests/Spark/compare.py "$messages"
