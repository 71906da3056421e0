/* See stream.h. */
#include "core/io/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/file.h"

enum { FLOW_BYTES = 256 * 1024 };

void stream_begin_fd(struct stream *s, int fd)
{
    *s = (struct stream){.fd = fd, .dir = -1};
}

enum err stream_begin(struct stream *s, const char *path, bool force, struct diag *diag)
{
    const struct file_ops *ops = file_ops_real();
    struct buf temp = {0};
    int dir = folder_of(ops, path), fd = -1;
    if (dir < 0)
        return diag_sys(diag, ERR_WRITE, errno, "open");
    enum err err = file_may_be_new(dir, path_base(path), force, diag);
    if (err == ERR_OK)
        fd = file_open_temp(ops, dir, &temp, path_base(path));
    if (err == ERR_OK && fd < 0)
        err = diag_sys(diag, ERR_WRITE, errno, "open");
    if (err != ERR_OK) {
        close(dir);
        buf_release(&temp);
        return err;
    }
    *s = (struct stream){.fd = fd, .dir = dir, .force = force, .name = xstrdup(path_base(path)), .temp = buf_take(&temp)};
    return ERR_OK;
}

static void write_room(struct stream *s)
{
    const char *p = s->room.p;
    size_t n = s->room.len;
    while (n > 0 && s->diag.err == ERR_OK) {
        ssize_t k = write(s->fd, p, n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0) {
            diag_sys(&s->diag, ERR_WRITE, k < 0 ? errno : EIO, NULL);
            break;
        }
        p += k;
        n -= (size_t)k;
    }
    buf_clear(&s->room);
}

bool stream_flow(struct stream *s)
{
    if (s->room.len >= FLOW_BYTES)
        write_room(s);
    return s->diag.err == ERR_OK;
}

static void end(struct stream *s)
{
    if (s->dir >= 0)
        close(s->dir);
    buf_release(&s->room);
    free(s->name);
    free(s->temp);
    *s = (struct stream){.fd = -1, .dir = -1};
}

void stream_cancel(struct stream *s)
{
    if (s->temp != NULL) {
        close(s->fd);
        unlinkat(s->dir, s->temp, 0);
    }
    end(s);
}

static void name_file(struct stream *s)
{
    if (s->diag.err == ERR_OK && fsync(s->fd) != 0)
        diag_sys(&s->diag, ERR_WRITE, errno, "fsync");
    if (close(s->fd) != 0 && s->diag.err == ERR_OK)
        diag_sys(&s->diag, ERR_WRITE, errno, "close");
    if (s->diag.err == ERR_OK)
        file_name_new(file_ops_real(), s->dir, s->temp, s->name, s->force, &s->diag);
    if (s->diag.err != ERR_OK)
        unlinkat(s->dir, s->temp, 0);
}

enum err stream_commit(struct stream *s, struct diag *diag)
{
    write_room(s);
    if (s->temp != NULL)
        name_file(s);
    enum err err = s->diag.err;
    if (err != ERR_OK && diag != NULL)
        *diag = s->diag;
    end(s);
    return err;
}
