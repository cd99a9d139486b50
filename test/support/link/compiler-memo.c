/*
 * A compiler that builds the same thing once. It stands first on PATH under the name of a real compiler: most of the cases of make-cases.sh differ
 * in one library and build four others anew, and to start gcc and its parts costs more than anything that they do there.
 *
 * The same is what has the same words, the same bytes in every file that a word names, and the same standard input. All of that is the recipe; it
 * is kept beside what was built, and compared whole. Nothing else of the cases is read: their sources include headers of the system alone, and they
 * are linked with --allow-shlib-undefined, so the link editor does not open what the named libraries need themselves. Words that name files in
 * other ways (-L, -l, @) are left to the compiler. What the recipe leaves out, the tools and the C library, is for compiler-memo.ts to tell apart.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void copy_bytes(FILE *from, FILE *to) {
  static char part[1 << 16];
  for (size_t count; (count = fread(part, 1, sizeof part, from)) > 0;) fwrite(part, 1, count, to);
}

static void add_file(FILE *recipe, const char *path) {
  struct stat status;
  FILE *file = stat(path, &status) == 0 && S_ISREG(status.st_mode) ? fopen(path, "r") : NULL;
  if (file == NULL) return;
  fprintf(recipe, "%s, %lld bytes\n", path, (long long)status.st_size);
  copy_bytes(file, recipe);
  fclose(file);
}

/* A word may hold names behind '=' and ',': -Wl,--version-script=FILE. */
static void add_word(FILE *recipe, const char *word) {
  fprintf(recipe, "%s\n", word);
  char *parts = strdup(word), *rest = NULL;
  for (char *part = strtok_r(parts, "=,", &rest); part != NULL; part = strtok_r(NULL, "=,", &rest)) add_file(recipe, part);
  free(parts);
}

/* FNV-1a: a name for the recipe's file. Recipes that share one take turns. */
static unsigned long long hash(const char *bytes, size_t length) {
  unsigned long long value = 0xcbf29ce484222325;
  for (size_t at = 0; at < length; at++) value = (value ^ (unsigned char)bytes[at]) * 0x100000001b3;
  return value;
}

static char *contents(const char *path, size_t *length) {
  char *bytes = NULL;
  FILE *file = fopen(path, "r"), *memory = file == NULL ? NULL : open_memstream(&bytes, length);
  if (file == NULL) return NULL;
  copy_bytes(file, memory);
  fclose(file), fclose(memory);
  return bytes;
}

/* Whole or not at all, and each writer by itself: other processes, in other containers too, look and write meanwhile. */
static void write_file(const char *path, const char *bytes, size_t length, mode_t mode) {
  char draft[strlen(path) + 32];
  sprintf(draft, "%s.XXXXXX", path);
  int descriptor = mkstemp(draft);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
  if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) error(2, errno, "%s", draft);
  if (chmod(draft, mode) != 0 || rename(draft, path) != 0) error(2, errno, "%s", path);
}

static void compile(char **words, const char *input, size_t length) {
  FILE *file = tmpfile();
  if (file == NULL || fwrite(input, 1, length, file) != length || fflush(file) != 0) error(2, errno, "standard input");
  rewind(file);
  int status;
  pid_t child = fork();
  if (child == 0) dup2(fileno(file), 0), execvp(words[0], words), error(127, errno, "%s", words[0]);
  if (waitpid(child, &status, 0) < 0 || status != 0) exit(WIFEXITED(status) ? WEXITSTATUS(status) : 2);
}

int main(int count, char **words) {
  const char *memo = getenv("COMPILER_MEMO"), *path = getenv("PATH"), *output = NULL;
  if (memo == NULL || path == NULL || strchr(path, ':') == NULL) error(2, 0, "COMPILER_MEMO and a second folder of PATH are needed");
  setenv("PATH", strchr(path, ':') + 1, 1);
  words[0] = basename(words[0]);

  char *recipe = NULL, *input = NULL;
  size_t length = 0, input_length = 0;
  FILE *text = open_memstream(&recipe, &length), *typed = open_memstream(&input, &input_length);
  for (int at = 0; at < count; at++) {
    const char *word = words[at];
    if (word[0] == '@' || strncmp(word, "-L", 2) == 0 || strncmp(word, "-l", 2) == 0) execvp(words[0], words);
    if (strcmp(word, "-") == 0) copy_bytes(stdin, typed);
    if (at > 0 && strcmp(words[at - 1], "-o") == 0) output = word, fprintf(text, "%s\n", word);
    else add_word(text, word);
  }
  fclose(typed);
  fwrite(input, 1, input_length, text);
  fclose(text);
  if (output == NULL) execvp(words[0], words);

  char kept[strlen(memo) + 64], built[strlen(memo) + 64];
  sprintf(kept, "%s/%016llx.recipe", memo, hash(recipe, length));
  sprintf(built, "%s/%016llx.built", memo, hash(recipe, length));
  size_t kept_length = 0, built_length = 0;
  char *same = contents(kept, &kept_length);
  if (same != NULL && kept_length == length && memcmp(same, recipe, length) == 0) {
    char *bytes = contents(built, &built_length);
    if (bytes != NULL) write_file(output, bytes, built_length, 0755);
    if (bytes != NULL) return 0;
  }
  compile(words, input, input_length);
  char *bytes = contents(output, &built_length);
  if (bytes == NULL) error(2, errno, "%s", output);
  write_file(built, bytes, built_length, 0644);
  write_file(kept, recipe, length, 0644);
  return 0;
}
