/* Linked into every object of a graph: says where each probed reference leads. Needs no C library, for some graphs have none. */
struct probe {
  const char *symbol, *asked, *kind;
  const char *(*reach)(void);
  long mode; /* 0: reach returns the text, 1: a function that returns it, 2: the text's place */
};
extern const struct probe __start_probes[] __attribute__((visibility("hidden")));
extern const struct probe __stop_probes[] __attribute__((visibility("hidden")));
extern const char probed_object[] __attribute__((visibility("hidden")));

static long put(const char *line, long length) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "0"(1L), "D"(1L), "S"(line), "d"(length) : "rcx", "r11", "memory");
  return result;
}

static char *append(char *end, const char *text, char closing) {
  while (*text != 0) *end++ = *text++;
  *end++ = closing;
  return end;
}

static const char *text_of(const struct probe *probe) {
  const char *reached = probe->reach();
  if (reached == 0) return "-";
  return probe->mode == 1 ? ((const char *(*)(void))reached)() : reached;
}

__attribute__((constructor, visibility("hidden"))) void report_probes(void) {
  char line[512];
  for (const struct probe *probe = __start_probes; probe < __stop_probes; probe++) {
    char *end = append(line, probed_object, '|');
    end = append(end, probe->symbol, '|');
    end = append(end, probe->asked, '|');
    end = append(end, probe->kind, '|');
    end = append(end, text_of(probe), '\n');
    put(line, end - line);
  }
}
