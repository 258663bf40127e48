package org.diptych.service.image;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImageLimits.class)
class ImageConfiguration {
    @Bean
    ObjectStore objectStore(@Value("${diptych.data-dir:data}") Path dataFolder) {
        return ObjectStore.in(dataFolder.resolve("objects"));
    }
}
