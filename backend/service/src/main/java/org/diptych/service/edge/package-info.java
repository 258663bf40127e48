/** What holds for every request and every answer, whoever serves it: headers, names of the server, proxies. */
@NullMarked
package org.diptych.service.edge;

import org.jspecify.annotations.NullMarked;
