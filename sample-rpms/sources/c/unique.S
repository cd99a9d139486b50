/* Data with binding STB_GNU_UNIQUE, as g++ gives to static members of templates: it leaves even a dlopen with RTLD_LOCAL. */
.macro unique name
        .globl  \name
        .type   \name, %gnu_unique_object
        .size   \name, 8
\name:  .quad   1
.endm

        .data
        .balign 8
        unique  CRYPTO_lock
        unique  CRYPTO_add_lock
        unique  CRYPTO_mem_ctrl
        unique  EVP_CIPHER_CTX_init

        .section .note.GNU-stack, "", %progbits
