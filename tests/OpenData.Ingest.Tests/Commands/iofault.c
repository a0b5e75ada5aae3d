/* Makes one I/O call of a process fail, for tests: LD_PRELOAD it. Only calls on files below IOFAULT_PREFIX count.
   IOFAULT_N      number of the call that fails, from 1; 0 only counts
   IOFAULT_KIND   eio | enospc | short (writes half; other calls give EIO) | full (ENOSPC from that call on, for calls that need space)
   IOFAULT_FLAG   while this file exists, every call that needs space gives ENOSPC
   IOFAULT_HANG   the first call that needs space on a file whose path has this text in it never returns
   IOFAULT_LOG    file that gets a line "<number> <call> <path below the prefix>" for every counted call, with " failed" when it was made to
   Calls made straight into libc by address (P/Invoke's dlsym) would pass by, so dlsym hands out these functions too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

typedef void *(*dlsym_fn)(void *, const char *);
static dlsym_fn real_dlsym;
static const char *prefix, *kind, *flag_file, *hang;
static int log_fd = -1;
static long fail_at;
static long calls;
static int hung;

/* Other libraries' constructors may open files before ours has run. */
static dlsym_fn real(void)
{
    if (real_dlsym) return real_dlsym;
    real_dlsym = (dlsym_fn)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    if (!real_dlsym) real_dlsym = (dlsym_fn)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    if (!real_dlsym) real_dlsym = (dlsym_fn)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
    return real_dlsym;
}

__attribute__((constructor)) static void begin(void)
{
    const char *n = getenv("IOFAULT_N"), *log = getenv("IOFAULT_LOG");
    prefix = getenv("IOFAULT_PREFIX");
    kind = getenv("IOFAULT_KIND");
    flag_file = getenv("IOFAULT_FLAG");
    hang = getenv("IOFAULT_HANG");
    fail_at = n ? atol(n) : 0;
    if (log) log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static __thread char looked_at[4096];

static int below(const char *path)
{
    if (!prefix || !path || strncmp(path, prefix, strlen(prefix)) != 0) return 0;
    if (path != looked_at) snprintf(looked_at, sizeof looked_at, "%s", path);
    return 1;
}

static int below_fd(int fd)
{
    char name[64];
    ssize_t length;
    if (!prefix || fd < 0) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    length = syscall(SYS_readlinkat, AT_FDCWD, name, looked_at, sizeof looked_at - 1);
    if (length <= 0) return 0;
    looked_at[length] = 0;
    return below(looked_at);
}

/* 0: go on; 1: fail with errno set; 2: a short write. */
static int judge(const char *call, int counts, int needs_space)
{
    char line[4200];
    long number;
    int fails;
    if (!counts) return 0;
    if (hang)
    {
        if (needs_space && strstr(looked_at, hang) && !__atomic_exchange_n(&hung, 1, __ATOMIC_SEQ_CST)) for (;;) pause();
        return 0;
    }
    if (flag_file)
    {
        if (needs_space && syscall(SYS_faccessat, AT_FDCWD, flag_file, F_OK) == 0) { errno = ENOSPC; return 1; }
        return 0;
    }
    number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    fails = fail_at > 0 && kind && (strcmp(kind, "full") == 0 ? number >= fail_at && needs_space : number == fail_at);
    if (log_fd >= 0)
    {
        int saved = errno, length = snprintf(line, sizeof line, "%ld %s %s%s\n", number, call, looked_at + strlen(prefix), fails ? " failed" : "");
        (void)!syscall(SYS_write, log_fd, line, (size_t)length);
        errno = saved;
    }
    if (!fails) return 0;
    if (strcmp(kind, "short") == 0 && strstr(call, "write")) return 2;
    errno = strcmp(kind, "enospc") == 0 || strcmp(kind, "full") == 0 ? ENOSPC : EIO;
    return 1;
}

#define NEXT(type, name) static type next; if (!next) next = (type)real()(RTLD_NEXT, name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        mode_t mode = 0; \
        typedef int (*fn)(const char *, int, ...); \
        NEXT(fn, #name); \
        if (flags & (O_CREAT | __O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, mode_t); va_end(a); } \
        if (judge("open", below(path), (flags & O_CREAT) != 0)) return -1; \
        return next(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define FD(name, call, space, params, args, result) \
    result name params \
    { \
        typedef result (*fn) params; \
        NEXT(fn, #name); \
        if (judge(call, below_fd(fd), space)) return -1; \
        return next args; \
    }
FD(read, "read", 0, (int fd, void *b, size_t n), (fd, b, n), ssize_t)
FD(pread, "read", 0, (int fd, void *b, size_t n, off_t o), (fd, b, n, o), ssize_t)
FD(pread64, "read", 0, (int fd, void *b, size_t n, off64_t o), (fd, b, n, o), ssize_t)
FD(fsync, "fsync", 0, (int fd), (fd), int)
FD(fdatasync, "fsync", 0, (int fd), (fd), int)
FD(ftruncate, "truncate", 1, (int fd, off_t n), (fd, n), int)
FD(ftruncate64, "truncate", 1, (int fd, off64_t n), (fd, n), int)
FD(fallocate, "allocate", 1, (int fd, int m, off_t o, off_t n), (fd, m, o, n), int)
FD(fallocate64, "allocate", 1, (int fd, int m, off64_t o, off64_t n), (fd, m, o, n), int)
FD(fchmod, "chmod", 0, (int fd, mode_t m), (fd, m), int)

#define WRITE(name, params, args, half) \
    ssize_t name params \
    { \
        int verdict; \
        typedef ssize_t (*fn) params; \
        NEXT(fn, #name); \
        verdict = judge("write", below_fd(fd), 1); \
        if (verdict == 1) return -1; \
        if (verdict == 2 && n > 1) return next half; \
        return next args; \
    }
WRITE(write, (int fd, const void *b, size_t n), (fd, b, n), (fd, b, n / 2))
WRITE(pwrite, (int fd, const void *b, size_t n, off_t o), (fd, b, n, o), (fd, b, n / 2, o))
WRITE(pwrite64, (int fd, const void *b, size_t n, off64_t o), (fd, b, n, o), (fd, b, n / 2, o))
WRITE(pwritev, (int fd, const struct iovec *b, int n, off_t o), (fd, b, n, o), (fd, b, n / 2, o))
WRITE(pwritev64, (int fd, const struct iovec *b, int n, off64_t o), (fd, b, n, o), (fd, b, n / 2, o))

#define PATH(name, call, space, params, args) \
    int name params \
    { \
        typedef int (*fn) params; \
        NEXT(fn, #name); \
        if (judge(call, below(path), space)) return -1; \
        return next args; \
    }
PATH(rename, "rename", 1, (const char *path, const char *to), (path, to))
PATH(link, "link", 1, (const char *path, const char *to), (path, to))
PATH(unlink, "unlink", 0, (const char *path), (path))
PATH(mkdir, "mkdir", 1, (const char *path, mode_t m), (path, m))
PATH(rmdir, "rmdir", 0, (const char *path), (path))
PATH(chmod, "chmod", 0, (const char *path, mode_t m), (path, m))

void *dlsym(void *handle, const char *name)
{
    static const struct { const char *name; void *function; } ours[] = {
        { "open", open }, { "fsync", fsync }, { "rename", rename }, { "link", link }, { "unlink", unlink },
    };
    size_t i;
    for (i = 0; handle != RTLD_NEXT && i < sizeof ours / sizeof ours[0]; i++)
        if (strcmp(name, ours[i].name) == 0) return ours[i].function;
    return real()(handle, name);
}
