package org.diptych;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server's Spring context: everything in and below this package. Client commands never load it. */
@SpringBootApplication
class Application {}
