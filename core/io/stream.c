/* See stream.h. */
#include "core/io/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/file.h"

enum { FLOW_BYTES = 256 * 1024 };

void stream_begin_fd(struct stream *s, int fd)
{
    *s = (struct stream){.fd = fd};
}

/* What may be written over: nothing, or a plain file when force. */
static enum err judge_place(const char *path, bool force, struct diag *diag)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return ERR_OK;
    if (!force)
        return diag_set(diag, ERR_EXISTS, 0, NULL, NULL);
    return S_ISREG(st.st_mode) ? ERR_OK : diag_set(diag, ERR_NOT_REGULAR, 0, NULL, NULL);
}

enum err stream_begin(struct stream *s, const char *path, bool force, struct diag *diag)
{
    enum err err = judge_place(path, force, diag);
    if (err != ERR_OK)
        return err;
    struct buf temp = {0};
    int fd = -1;
    errno = EEXIST; /* what a killed program left behind is in nobody's way */
    for (int n = 0; n < 100 && fd < 0 && errno == EEXIST; n++) {
        buf_clear(&temp);
        buf_addf(&temp, "%s.tmp%ld-%d", path, (long)getpid(), n);
        fd = open(buf_str(&temp), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    }
    if (fd < 0) {
        err = diag_sys(diag, ERR_WRITE, errno, "open");
        buf_release(&temp);
        return err;
    }
    *s = (struct stream){.fd = fd, .path = xstrdup(path), .temp = buf_take(&temp)};
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
    buf_release(&s->room);
    free(s->path);
    free(s->temp);
    *s = (struct stream){.fd = -1};
}

void stream_cancel(struct stream *s)
{
    if (s->temp != NULL) {
        close(s->fd);
        unlink(s->temp);
    }
    end(s);
}

static void name_file(struct stream *s)
{
    if (s->diag.err == ERR_OK && fsync(s->fd) != 0)
        diag_sys(&s->diag, ERR_WRITE, errno, "fsync");
    if (close(s->fd) != 0 && s->diag.err == ERR_OK)
        diag_sys(&s->diag, ERR_WRITE, errno, "close");
    if (s->diag.err == ERR_OK && rename(s->temp, s->path) != 0)
        diag_sys(&s->diag, ERR_WRITE, errno, "rename");
    if (s->diag.err != ERR_OK)
        unlink(s->temp);
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
