/* See sandbox.h. For a whole command a list of what is forbidden and not of what is allowed: the C library, the allocator and what the distribution
 * has under them differ from machine to machine, and a roll-up that dies of a harmless call would be no gain. The parser's child does so little
 * that the list is of what is allowed. */
#include "core/io/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* As the kernel names it: EM_X86_64 and EM_AARCH64, 64 bits, little endian. */
#if defined __x86_64__ && !defined __ILP32__
#define MACHINE 0xc000003eU
#elif defined __aarch64__ && defined __AARCH64EL__
#define MACHINE 0xc00000b7U
#endif

#if defined __SANITIZE_ADDRESS__ || defined COVERAGE
#undef MACHINE
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#undef MACHINE
#endif
#endif

#ifdef MACHINE

/* What linux/filter.h and linux/seccomp.h have: a part of the kernel's interface that cannot change. musl comes without them. */
struct instruction {
    uint16_t code;
    uint8_t yes, no;
    uint32_t k;
};

struct filter {
    unsigned short n;
    struct instruction *step;
};

struct call {
    int nr;
    uint32_t machine;
    uint64_t address;
    uint64_t args[6];
};

enum { FILTER_MODE = 2, LOAD_WORD = 0x20, IF_EQUAL = 0x15, IF_AT_LEAST = 0x35, IF_BITS = 0x45, RETURN = 0x06 };
static const uint32_t ALLOW = 0x7fff0000U, FAIL = 0x00050000U; /* with the errno in the low half */

/* Of both machines, then of the one that has older names. The numbers of newer calls are the same on all. */
static const uint16_t OTHERS[] = {
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_tkill, SYS_rt_sigqueueinfo,
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_setns, SYS_unshare, SYS_bpf, SYS_perf_event_open, SYS_keyctl, SYS_add_key,
    SYS_request_key, SYS_userfaultfd, SYS_init_module, SYS_finit_module, SYS_kexec_load, SYS_open_by_handle_at,
    425, 426, 427, /* io_uring, which would do all of it on the side */
    434, 438,      /* pidfd_open, pidfd_getfd */
};

static const uint16_t CHANGES[] = {
    SYS_renameat, SYS_renameat2, SYS_unlinkat, SYS_linkat, SYS_symlinkat, SYS_mkdirat, SYS_mknodat, SYS_fchmod, SYS_fchmodat, SYS_fchown,
    SYS_fchownat, SYS_truncate, SYS_ftruncate, SYS_fallocate, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr,
    SYS_lremovexattr, SYS_fremovexattr,
#ifdef SYS_rename
    SYS_rename, SYS_unlink, SYS_link, SYS_symlink, SYS_mkdir, SYS_rmdir, SYS_mknod, SYS_chmod, SYS_chown, SYS_lchown, SYS_creat, SYS_utime,
    SYS_utimes, SYS_futimesat,
#endif
};

/* What parsing takes: an allocator, a clock for its dice, an end. */
static const uint16_t PARSING[] = {
    SYS_read, SYS_write, SYS_munmap, SYS_mremap, SYS_brk, SYS_madvise, SYS_futex, SYS_sched_yield, SYS_getrandom, SYS_clock_gettime, SYS_gettimeofday,
    SYS_getpid, SYS_gettid, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_restart_syscall, SYS_close, SYS_exit, SYS_exit_group,
#ifdef SYS_time
    SYS_time,
#endif
};
static const uint16_t MAPPING[] = {SYS_mmap, SYS_mprotect}; /* not what could be run */

enum {
    FILTER_MAX = 256,
    SYS_NEW_OPEN = 437, /* openat2, whose flags lie in memory: whoever asks goes back to openat */
    WRITES = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND
};

struct program {
    struct instruction step[FILTER_MAX];
    unsigned short n;
};

static void add(struct program *p, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
    p->step[p->n++] = (struct instruction){code, yes, no, k};
}

static void answer(struct program *p, uint32_t what)
{
    add(p, RETURN, what, 0, 0);
}

static void load(struct program *p, size_t offset)
{
    add(p, LOAD_WORD, (uint32_t)offset, 0, 0);
}

static void forbid(struct program *p, uint32_t call, int sys_errno)
{
    add(p, IF_EQUAL, call, 0, 1);
    answer(p, FAIL | (uint32_t)sys_errno);
}

/* A call is forbidden when the low half of an argument has one of these bits. The number is loaded again after it. */
static void forbid_bits(struct program *p, uint32_t call, int argument, uint32_t bits)
{
    add(p, IF_EQUAL, call, 0, 4);
    load(p, offsetof(struct call, args) + (size_t)argument * sizeof(uint64_t));
    add(p, IF_BITS, bits, 0, 1);
    answer(p, FAIL | EPERM);
    load(p, offsetof(struct call, nr));
}

static void allow(struct program *p, uint32_t call)
{
    add(p, IF_EQUAL, call, 0, 1);
    answer(p, ALLOW);
}

static void build_machine(struct program *p)
{
    load(p, offsetof(struct call, machine));
    add(p, IF_EQUAL, MACHINE, 1, 0);
    answer(p, FAIL | EPERM); /* calls as of another machine have other numbers */
    load(p, offsetof(struct call, nr));
    add(p, IF_AT_LEAST, 0x40000000, 0, 1); /* x32: the same calls by other numbers */
    answer(p, FAIL | EPERM);
}

static void build_parse(struct program *p)
{
    for (size_t i = 0; i < sizeof MAPPING / sizeof MAPPING[0]; i++) {
        forbid_bits(p, MAPPING[i], 2, PROT_EXEC);
        allow(p, MAPPING[i]);
    }
    for (size_t i = 0; i < sizeof PARSING / sizeof PARSING[0]; i++)
        allow(p, PARSING[i]);
    answer(p, FAIL | EPERM);
}

static void build_command(struct program *p, enum sandbox wanted)
{
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++)
        forbid(p, OTHERS[i], EPERM);
    if (wanted == SANDBOX_LOOK) {
        forbid(p, SYS_NEW_OPEN, ENOSYS);
        forbid_bits(p, SYS_openat, 2, WRITES);
#ifdef SYS_open
        forbid_bits(p, SYS_open, 1, WRITES);
#endif
        for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++)
            forbid(p, CHANGES[i], EPERM);
    }
    answer(p, ALLOW);
}

_Static_assert(2 * (sizeof OTHERS / sizeof OTHERS[0] + sizeof CHANGES / sizeof CHANGES[0]) + 40 < FILTER_MAX, "room for the filter");

bool sandbox_enter(enum sandbox wanted)
{
    struct program p = {.n = 0};
    build_machine(&p);
    if (wanted == SANDBOX_PARSE)
        build_parse(&p);
    else
        build_command(&p, wanted);
    struct filter filter = {p.n, p.step};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, FILTER_MODE, &filter) == 0;
}

bool sandbox_available(void)
{
    /* Without a filter to look at: EFAULT where there are filters, EINVAL where there are none. */
    return prctl(PR_SET_SECCOMP, FILTER_MODE, NULL) != 0 && errno == EFAULT;
}

#else

bool sandbox_enter(enum sandbox wanted)
{
    (void)wanted;
    return false;
}

bool sandbox_available(void)
{
    return false;
}

#endif
