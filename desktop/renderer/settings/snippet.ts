/** What stands in a site's pages so that the widget is there. */
export function snippetOf(server: string, key: string): string {
  return `<script src="${server.replace(/\/+$/u, "")}/widget.js" data-tenant="${key}" async></script>`;
}
