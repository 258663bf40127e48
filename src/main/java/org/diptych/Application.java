package org.diptych;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The server's Spring context: everything in and below this package. Client commands never load it. */
@SpringBootApplication
@ConfigurationPropertiesScan
class Application {}
