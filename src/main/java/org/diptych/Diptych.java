package org.diptych;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the product: one executable, its roles and its command line. */
@SpringBootApplication
public class Diptych {
    /** Starts the product with the given command line. */
    public static void main(String[] arguments) {
        SpringApplication.run(Diptych.class, arguments);
    }
}
