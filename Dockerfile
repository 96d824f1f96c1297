# The one image of every home. Heroku builds it with its classic builder, which knows no `RUN --mount`, no
# `COPY --chmod` and no heredoc, and takes this file's folder as the build context.
# https://devcenter.heroku.com/articles/container-registry-and-runtime#dockerfile-commands-and-runtime

FROM python:3.13.15-slim-trixie AS interpreter
# The official image has no bytecode of the standard library, and its user here could never write any: each process would
# compile what it imports, which takes half of its start.
RUN python3 -m compileall -q -j 0 -x '/(idlelib|site-packages|tkinter)/' \
        "$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"


FROM interpreter AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt .
RUN python3 -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python3 install --no-compile --require-hashes -r requirements.txt
COPY docker/slim.py .
# S3 is the one AWS service of 443 that is called here, and translations are read from their compiled form.
RUN python3 slim.py /opt/venv && python3 -m compileall -q -j 0 /opt/venv/lib


FROM packages AS static
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
WORKDIR /dynowiki/app
COPY app/dynowiki/__init__.py app/dynowiki/static.py app/dynowiki/staticfiles.py dynowiki/
COPY app/wiki/static wiki/static
# This layer needs no config var, and a change of code or template leaves it as it is.
RUN DJANGO_SETTINGS_MODULE=dynowiki.static python3 -m django collectstatic --no-input --pythonpath .


FROM interpreter
# Heroku streams the release phase's log through curl.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt/* /var/log/dpkg.log /var/cache/debconf/*-old
COPY --from=packages /opt/venv /opt/venv
# malloc gives back what a photo took when it is done with, in place of keeping it for the next: a dyno has 512 MB.
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /dynowiki
COPY Procfile runtime.txt ./
COPY app app
# A clone made under `umask 077` holds files that only its owner can read.
RUN chmod -R a+rX . && python3 -m compileall -q app
COPY --from=static /dynowiki/app/staticfiles app/staticfiles
# Heroku runs the image as a user of its own choice; nothing in it is written to, so any will do.
USER 10001
CMD exec gunicorn --config app/dynowiki/gunicorn.py --chdir app dynowiki.wsgi --preload --log-file -
