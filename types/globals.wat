;; What the whole module shares: well-known objects, tables, the unwind registers, limits.

;; Two objects that no Smalltalk code ever sees.
(global $unwind (ref $Object) (struct.new $Object (i32.const 0) (i32.const 0)))   ;; "leave your frame", see README
(global $failed (ref $Object) (struct.new $Object (i32.const 0) (i32.const 0)))   ;; "the primitive failed"
(global $unboxed (ref $Object) (struct.new $Object (i32.const 0) (i32.const 0)))  ;; of a temporary: its value is a Float in an f64 local
(global $native_sender (ref $Object) (struct.new $Object (i32.const 0) (i32.const 0)))

;; true and false exist before the heap is loaded, so that translated code can use immutable globals.
;; The loader gives them class index and hash.
(global $true (ref $Fixed0) (struct.new $Fixed0 (i32.const 0) (i32.const 0)))
(global $false (ref $Fixed0) (struct.new $Fixed0 (i32.const 0) (i32.const 0)))

(global $empty_slots (ref $Slots) (array.new_fixed $Slots 0))
(global $empty_bytes (ref $Bytes) (array.new_fixed $Bytes 0))
(global $no_words (ref $Words) (array.new_fixed $Words 0))

;; Class indices that the runtime needs often; set by the loader from the special objects.
(global $class_index_nil (mut i32) (i32.const 0))
(global $class_index_small_integer (mut i32) (i32.const 0))
(global $class_index_character (mut i32) (i32.const 0))
(global $class_index_float (mut i32) (i32.const 0))
(global $class_index_array (mut i32) (i32.const 0))
(global $class_index_string (mut i32) (i32.const 0))
(global $class_index_point (mut i32) (i32.const 0))
(global $class_index_message (mut i32) (i32.const 0))
(global $class_index_large_positive (mut i32) (i32.const 0))
(global $class_index_large_negative (mut i32) (i32.const 0))
(global $class_index_block_closure (mut i32) (i32.const 0))
(global $class_index_full_block_closure (mut i32) (i32.const 0))
(global $class_index_context (mut i32) (i32.const 0))
(global $class_index_block_context (mut i32) (i32.const -1))             ;; images without closures
(global $class_index_compiled_method (mut i32) (i32.const 0))
(global $class_index_byte_array (mut i32) (i32.const 0))
(global $class_index_bitmap (mut i32) (i32.const 0))
(global $class_index_process (mut i32) (i32.const 0))
(global $class_index_semaphore (mut i32) (i32.const 0))

(global $special_objects (mut (ref $Slots)) (global.get $empty_slots))   ;; the array's slots, shared with the Array object
(global $special_objects_array (mut eqref) (ref.null eq))                ;; the Array object itself
(global $class_table (mut (ref $Slots)) (global.get $empty_slots))       ;; class index -> class, grows
(global $class_table_size (mut i32) (i32.const 0))
(global $literals (mut (ref $Slots)) (global.get $empty_slots))          ;; literal constants of translated code
(global $selectors (mut (ref $Slots)) (global.get $empty_slots))         ;; selector id -> Symbol, grows
(global $selector_count (mut i32) (i32.const 0))
(global $methods (mut (ref $Methods)) (array.new_fixed $Methods 0))      ;; method id -> CompiledMethod

;; Selector ids that the runtime sends.
(global $selector_does_not_understand (mut i32) (i32.const -1))
(global $selector_must_be_boolean (mut i32) (i32.const -1))
(global $selector_cannot_return (mut i32) (i32.const -1))
(global $selector_about_to_return (mut i32) (i32.const -1))
(global $selector_run_with_in (mut i32) (i32.const -1))
(global $selector_attempt_to_assign (mut i32) (i32.const -1))
(global $special_selector_ids (mut (ref $Words)) (global.get $no_words)) ;; special selector index 0..31 -> selector id

;; The unwind registers.
(global $unwind_reason (mut i32) (i32.const 0))            ;; 0 none, 1 UNWIND_CAPTURE, 2 UNWIND_RETURN
(global $unwind_home (mut eqref) (ref.null eq))            ;; a $FrameToken, or the native home of BlockContexts
(global $unwind_value (mut eqref) (ref.null eq))           ;; RETURN: the value; CAPTURE: what the first captured frame gets pushed
(global $unwind_pushes (mut i32) (i32.const 0))            ;; CAPTURE: 1 when $unwind_value is to be pushed
(global $captured_top (mut (ref null $Context)) (ref.null $Context))
(global $captured_bottom (mut (ref null $Context)) (ref.null $Context))
(global $after_capture (mut i32) (i32.const 0))            ;; 0 resume; 1 retry; 2 switch to $next_process; 3 check for interrupts; 4 quit
(global $retry_method (mut (ref null $CompiledMethod)) (ref.null $CompiledMethod))
(global $retry_receiver (mut eqref) (global.get $unwind))    ;; $unwind: nothing is retried
(global $retry_arguments (mut (ref $Slots)) (global.get $empty_slots))
(global $next_process (mut eqref) (ref.null eq))
(global $barrier_count (mut i32) (i32.const 0))
(global $failure_code (mut eqref) (ref.null eq))

;; Frames may use this many slots of native stack; beyond, they are captured. Countdown: sends and back jumps until the next poll.
(global $depth_limit (mut i32) (i32.const 24000))
(global $countdown (mut i32) (i32.const 1000))

;; Modes, set by the host before the start.
(global $interpret_only (mut i32) (i32.const 0))
(global $counting (mut i32) (i32.const 0))                 ;; --stats: count primitives
